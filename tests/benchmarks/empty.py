"""The least that the same stack can do: a POST that is answered with nothing."""

import sys

import uvicorn
from fastapi import FastAPI, Response

app = FastAPI()


@app.post("/")
def nothing() -> Response:
    return Response(status_code=204)


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(sys.argv[1]), log_config=None, access_log=False, timeout_keep_alive=600
    )
