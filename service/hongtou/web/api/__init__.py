"""The API of `/v1`.

views.py        the routes                       routes.py   what each takes and answers
submission.py   a request → document, pictures   forms.py    bodies of parts
negotiation.py  what is asked for                answers.py  an edition → a response
openapi.py      the routes as an OpenAPI document
"""
