"""The API and the web application of one workspace, over HTTP. Only here are FastAPI and Starlette known."""
