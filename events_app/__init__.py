"""events_app: the programme of a conference, from draft to release to renditions."""
