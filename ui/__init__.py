"""What people use: the command line and the chat in the browser."""

import os

# Nobody is told what is run. Gradio and huggingface_hub, which Gradio imports, read these once, when they are first
# imported; this comes before every module of this package.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
