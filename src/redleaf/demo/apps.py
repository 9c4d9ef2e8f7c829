from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "redleaf.demo"
    label = "demo"

    def ready(self) -> None:
        from redleaf.demo import sign_ins
        from redleaf.web import slots

        slots.register("sign_in", "demo/_sign_in.html", sign_ins.fill)
