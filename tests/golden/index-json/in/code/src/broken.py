def good():
    return 1


def broken(:
    return (((
