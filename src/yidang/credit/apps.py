from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "yidang.credit"

    def ready(self) -> None:
        from yidang.credit.asking import PARTLY_FALLEN
        from yidang.credit.turning import passes
        from yidang.crypto.rotation import register_passes
        from yidang.workflow.notices import register_notices

        register_passes(passes)
        register_notices(PARTLY_FALLEN)
