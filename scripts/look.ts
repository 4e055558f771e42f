// Takes a picture of every page of the demo, for each role, wide and narrow, in both languages: look/…png
