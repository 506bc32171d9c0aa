from django.apps import AppConfig


class CanvassingConfig(AppConfig):
    name = "outreach.canvassing"

    def ready(self) -> None:
        from campaign import inbox
        from outreach.canvassing import panels, receivers  # noqa: F401  (receivers listen once they are imported)
        from outreach.canvassing.sync import accepting, blocks, describing, news, opinions, reports, visits

        # In this order: a block is described before its flats are visited.
        inbox.register(inbox.Kind("block", blocks.receive, accepting.accept_block, describing.block))
        inbox.register(inbox.Kind("visit", visits.receive, accepting.accept_visit, describing.visit))
        inbox.register(
            inbox.Kind("opinion", opinions.receive, accepting.accept_opinion, describing.opinion, shed=opinions.shed)
        )
        inbox.register(inbox.Kind("flat-report", reports.receive, accepting.accept_report, describing.report))
        inbox.register_reply(news.reply)
        panels.register()
