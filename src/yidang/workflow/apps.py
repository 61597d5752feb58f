from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "yidang.workflow"

    def ready(self) -> None:
        from yidang.identity import given
        from yidang.identity.reaches import TASK
        from yidang.workflow.giving import task_reaches

        given.register(TASK, task_reaches)
