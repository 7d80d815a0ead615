"""Scripts that fit the weights shipped with Dateline. They need the extra ``[train]``; running Dateline does not."""
