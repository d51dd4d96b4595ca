"""The workbench: pages and an API on loopback, where people read, judge, see and publish."""
