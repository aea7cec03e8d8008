"""The API of `/v1`.

views.py        answers the routes               routes.py   declarations of the routes
submission.py   a request → document, pictures   forms.py    multipart forms
negotiation.py  order and media type             answers.py  a file → a response
openapi.py      the routes as an OpenAPI document
"""
