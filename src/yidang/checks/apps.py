from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "yidang.checks"

    def ready(self) -> None:
        from yidang.checks import kinds, reach
        from yidang.identity import given

        kinds.register_all()
        given.register("acceptance", reach.given_to)
