TF,target,importance
lacI,"#1",1
"<&>'/;,ß→",lacI,0.30000000000000004
"#1","a	b ""c""
d",0.3
"a	b ""c""
d","<&>'/;,ß→",1e-300
