void a(void){}
