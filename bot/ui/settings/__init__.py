"""The panel of `/settings`: its cards and forms, and what they keep in their custom_ids."""
