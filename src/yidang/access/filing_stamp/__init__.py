"""归档章 over the first page of what is shown, printed or handed out; a folder that could be deleted in one move."""
