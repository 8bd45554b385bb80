"""What the process that runs chat templates is started with and may take; apart, so that asking it needs no Jinja2."""

TEMPLATE_SWITCH = "--chat-template"
"""With this as its only argument a frozen executable is to call `template_process.main`."""
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 2
