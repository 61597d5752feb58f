from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "yidang.workflow"

    def ready(self) -> None:
        from yidang.identity import given
        from yidang.identity.reaches import TASK
        from yidang.workflow.giving import given_with_tasks

        given.register(TASK, given_with_tasks)
