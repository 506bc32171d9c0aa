import { expect, test } from "vitest";
import { fold } from "../../../static/js/choices";

test("a name is found by the Russian letters that people type for Kazakh ones", () => {
  expect(fold("Нұргүл Әбдіқадырова")).toBe(fold("НУРГУЛ АБДИКАДЫРОВА"));
});

test("every Kazakh letter has a Russian one to be typed for it, in both cases", () => {
  expect(fold("ӘҒҚҢӨҰҮҺІЁ")).toBe("агкноуухие");
  expect(fold("әғқңөұүһіё")).toBe("агкноуухие");
});

test("other letters keep their identity", () => {
  expect(fold("Мюллер Grand 24а/1")).toBe("мюллер grand 24а/1");
});
