// What makes the pages handier where scripts run; nothing needs it.
"use strict";
