from celery import shared_task

from outreach.canvassing import mixing


@shared_task
def mix_opinions() -> None:
    """Every night. Twice does no harm; a lost one is made good by the next."""
    mixing.mix_opinions()
