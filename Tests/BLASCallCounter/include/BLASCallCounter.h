void a(void);
