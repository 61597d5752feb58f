from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yidang.access"

    def ready(self) -> None:
        from yidang.access.lending import certified, registering  # noqa: F401 - certified registers its kind
        from yidang.access.releases import kinds as releases
        from yidang.access.requests import kinds as requests
        from yidang.access.turning import passes
        from yidang.crypto.rotation import register_passes
        from yidang.workflow.operations import register_notices

        registering.register_all()
        releases.register_all()
        requests.register_all()
        register_passes(passes)
        register_notices("use_doubted", "leak_reported")
