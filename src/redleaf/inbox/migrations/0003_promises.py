"""Notices of promises to notes that were kept or not."""

from django.db import migrations, models

KINDS = [
    ("follow", "Follow"),
    ("like", "Like"),
    ("helpful", "Helpful"),
    ("save", "Save"),
    ("comment", "Comment"),
    ("reply", "Reply"),
    ("comment_like", "Comment Like"),
    ("mention", "Mention"),
    ("comment_mention", "Comment Mention"),
    ("comment_hidden", "Comment Hidden"),
    ("board_invite", "Board Invite"),
    ("published", "Published"),
    ("video_failed", "Video Failed"),
    ("promise_kept", "Promise Kept"),
    ("promise_missed", "Promise Missed"),
]


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_video_failed")]

    operations = [
        migrations.AlterField("notice", "kind", models.CharField(choices=KINDS, max_length=20)),
    ]
