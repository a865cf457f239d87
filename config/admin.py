"""The admin site."""
from django.contrib import admin


class Site(admin.AdminSite):
    pass
