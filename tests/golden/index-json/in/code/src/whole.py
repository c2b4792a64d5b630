import os


def whole(path):
    return os.stat(path)
