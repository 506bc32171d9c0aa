// Which screen stands at the address.
import { useApp } from "../app";
import { PRACTICE, type Route } from "../route";
import type { Assignment, Building } from "../types";
import { DescribeScreen } from "./describe";
import { HomeScreen } from "./home";
import { HouseScreen } from "./house";
import { QueueScreen } from "./queue";
import { ReportScreen } from "./report";
import { ScriptScreen } from "./script";
import { SettingsScreen } from "./settings";
import { UnlinkedScreen } from "./unlinked";

export function Screen() {
  const app = useApp();
  const { route } = app.nav;
  const practising = route.at === "house" && route.assignment === PRACTICE;
  if (!app.phone.device && !practising) return <UnlinkedScreen />;
  switch (route.at) {
    case "house":
      return <HouseScreen route={route} />;
    case "queue":
      return <QueueScreen />;
    case "settings":
      return <SettingsScreen />;
    default:
      return <Further route={route} />;
  }
}

function Further({ route }: { route: Route }) {
  const app = useApp();
  const assignment = "assignment" in route ? app.phone.model.assignment(route.assignment) : undefined;
  if (assignment && route.at === "script") return <ScriptScreen assignment={assignment} />;
  const building = assignment && "building" in route ? buildingOf(assignment, route.building) : undefined;
  if (assignment && building && route.at === "describe" && !building.described)
    return <DescribeScreen assignment={assignment.id} building={building} />;
  if (building?.kind === "block" && route.at === "report")
    return <ReportScreen building={building} entrance={route.entrance} />;
  return <HomeScreen />;
}

const buildingOf = (assignment: Assignment, id: string): Building | undefined =>
  assignment.buildings.find((building) => building.id === id);
