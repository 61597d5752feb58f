"""What people may ask of us about their own data, and what we owe them without being asked (个人信息保护法)."""
