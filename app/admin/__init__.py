"""The office: screens for clerks, officers and observers; every change calls another package's service."""
