"""The files of `deploy/`, under the real proxies where the system has them."""
