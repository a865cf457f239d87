"""How people come in: sign-in, sessions, one-time codes, secrets of second factors."""
