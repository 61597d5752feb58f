"""Commercial cryptography 商用密码 for the whole house: SM2, SM3, SM4, envelopes, the vault and the keyring."""
