"""What scenes are put together from, each drawn where and as large as asked."""
