from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0002_comment_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='window',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='note',
            name='draft_id',
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
