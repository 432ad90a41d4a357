### كلمات تطبيق الويب التي ليست في التقرير. تأتي الأعداد أعداداً.

## الإطار
app-nav = الشاشات
app-home = إلى الالتزامات
app-skip = الانتقال إلى المحتوى
app-search = بحث
app-search-hint = التزام أو مكان أو شاشة أو معرّف
app-found-view = شاشة
app-found-place = مكان
app-settings = اللغة والألوان والطباعة
app-language = اللغة
app-theme = الألوان
app-theme-auto = كما في الجهاز
app-theme-light = فاتحة
app-theme-dark = داكنة، للمناوبة الليلية
app-print = طباعة
app-print-foot = { $address } · طُبع في { $when }
app-close = إغلاق
app-cancel = إلغاء الأمر
app-open = فتح
app-loading = جارٍ التحميل…
app-retry = إعادة المحاولة
app-unreachable = تعذر الوصول إلى الخادم. ما قُرئ من قبل يبقى مقروءاً؛ وما تسجّله يُحفظ هنا ويُرسل عند عودة الاتصال.
app-not-allowed = لا يجوز لدورك الاطلاع على هذا أو القيام به.
app-nothing-fits = لا شيء يوافق ما تطلبه.
app-more = { $count ->
    [zero] ولا شيء غيرها
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
  }
app-choose = اختر…
app-yes = نعم
app-no = لا
app-km = كم

## الشاشات
app-view-board = الالتزامات
app-view-map = الخريطة
app-view-timeline = الخط الزمني
app-view-desk = مكتب الحوادث
app-view-accord = الاتفاق
app-view-drafts = المسودات
app-view-designation = تحديد الجماعات
app-view-cases = القضايا
app-view-effort = المراقبة
app-view-exports = الملفات
app-view-explain = التعليلات
app-view-log = السجل
app-view-accounts = الحسابات

## الدخول
app-sign-in = تسجيل الدخول
app-sign-in-name = الاسم
app-sign-in-password = كلمة المرور
app-sign-in-code = رمز المرة الواحدة
app-sign-in-wrong = الاسم أو كلمة المرور غير صحيح.
app-sign-in-code-wrong = هذا الرمز غير صحيح أو سبق استعماله. انتظر الرمز التالي.
app-sign-in-first = هذه كلمة مرور أولى يعرفها غيرك. اختر كلمة خاصة بك.
app-sign-in-new-password = كلمة المرور الجديدة
app-sign-in-wait = محاولات كثيرة. انتظر دقيقة ثم أعد المحاولة.
app-sign-out = تسجيل الخروج
app-role = الدور
app-role-public = الجمهور
app-role-observer = مراقب
app-role-liaison = ضابط اتصال لطرف
app-role-analyst = محلل
app-role-monitor = راصد
app-role-administrator = مدير النظام
app-role-change = تغيير الدور
app-role-change-hint = يُسجَّل خروج الشخص من كل مكان، ثم يسجّل الدخول من جديد.

## الاتصال
app-offline = بلا اتصال
app-waiting = { $count ->
    [zero] لا قيود تنتظر الإرسال
    [one] قيد واحد ينتظر الإرسال
    [two] قيدان ينتظران الإرسال
    [few] { $count } قيود تنتظر الإرسال
    [many] { $count } قيداً ينتظر الإرسال
   *[other] { $count } قيد ينتظر الإرسال
  }
app-refused = { $count ->
    [zero] لم يُرفض أي قيد
    [one] رُفض قيد واحد
    [two] رُفض قيدان
    [few] رُفضت { $count } قيود
    [many] رُفض { $count } قيداً
   *[other] رُفض { $count } قيد
  }
app-waiting-title = في انتظار الإرسال
app-kept-until-online = حُفظ على هذا الجهاز. يُرسل حالما يعود الاتصال، ويصل مرة واحدة.

## الزمنان
app-as-of = في تاريخ
app-as-of-long = الحالة في نهاية يوم
app-as-of-hint = ما كان قائماً في ذلك الوقت.
app-known-at = المعروف حتى
app-known-at-long = بحسب ما كان معروفاً حتى نهاية يوم
app-known-at-hint = ما كان قد سُجّل حتى ذلك الوقت، لا ما بعده.
app-now = الآن
app-back-to-now = العودة إلى الآن
app-when-hint = تنتهي الأيام عند منتصف الليل بتوقيت { $zone }.
app-both-times = الزمنان
app-since = منذ

## المفاتيح
app-keys-title = المفاتيح
app-key-search = بحث
app-key-keys = المفاتيح
app-key-new = تسجيل حادث
app-keys-board = الالتزام التالي والسابق
app-keys-map = تحريك الخريطة وتقريبها
app-keys-timeline = يوم إلى الخلف وإلى الأمام على شريط الزمن
app-keys-dialog = إغلاق المفتوح

## التنبيهات
app-alerts = التنبيهات
app-dismiss = إخفاء
app-becomes = يصبح

## الالتزامات
app-board-search = البحث في الالتزامات
app-filter-status = التصفية بحسب الحالة
app-order = الترتيب
app-order-urgency = الأكثر إلحاحاً أولاً
app-order-due = بحسب الأجل
app-order-text = كما في النص
app-changed-since = ما تغيّر منذ آخر اطلاع لك، { $when }
app-no-change-since = لم يتغيّر شيء منذ آخر اطلاع لك، { $when }.
app-only-changed = هذه فقط
app-mark-seen = اطّلعت عليها
app-new-obligation = جديد
app-moved-up = بزيادة { $points } من النقاط المئوية
app-moved-down = بنقصان { $points } من النقاط المئوية
app-kind = النوع
app-deadline = الأجل

## التعليلات
app-explain-ask = معرّف التزام أو تقرير أو منطقة أو خط أو قضية أو اقتراح
app-own-page = في صفحة مستقلة
app-in-the-text = في النص
app-report-of = التقرير { $id }
app-rule = القاعدة وأعدادها
app-rule-numbers = أعداد القاعدة
app-adds = ما يسهم فيه
app-adds-nothing = لا صلة له بأي التزام في هذا التاريخ.
app-same-incident = تقارير أخرى عن الحادث نفسه
app-same-incident-none = لا تقرير آخر عنه في السجل.
app-counts-not = لا يُحتسب
app-recorded = سُجّل
app-prove = إثبات أنه مسجَّل

## الإجراءات على تقرير
app-acts = ما يمكنك فعله
app-corroborate = إضافة تقرير من مصدر آخر
app-corroborating = تقرير آخر عن حادث { $id } نفسه. اكتب ما يقوله مصدرك.
app-correct-hint = يبقى المسجَّل كما هو. تُحتسب القيم المصححة من الآن، باسمك وبالسبب الذي تذكره.
app-act-supersede = تصحيح أو تقدير
app-act-retract = سحب
app-act-reinstate = إعادة الاحتساب
app-act-dispute = اعتراض
app-act-support = تأييد
app-act-undispute = سحب ما قيل من قبل
app-dispute = اعتراض أو تأييد
app-in-the-name-of = باسم
app-own-name = اسمي
app-reason = السبب
app-record = تسجيل
app-recorded-now = سُجّل.
app-throw-away = تجاهل

## مكتب الحوادث
app-desk-title = تسجيل حادث
app-kind-of-incident = ماذا حدث
app-day = اليوم
app-time = الساعة، إن عُرفت
app-last-day = اليوم الأخير، إن تعددت الأيام
app-zone-hint = الأيام والساعات بتوقيت { $zone }.
app-report-words = ما أُبلغ عنه، بكلمات المصدر
app-place = المكان
app-place-map = خريطة لاختيار المكان
app-place-hint = اكتب اسم المكان أو انقر على الخريطة. تضم الدائرة المكان الحقيقي باحتمال 95%.
app-lon = خط الطول
app-lat = خط العرض
app-error-m = معروف بدقة، بالأمتار
app-who-and-how = من وكم وكيف عُرف
app-actor = من قِبل
app-target = ضد
app-count = العدد
app-manner = كيف رُصد
app-manner-seen = شوهد
app-manner-heard = سُمع
app-manner-camera = آلة تصوير
app-manner-unmanned_aircraft = طائرة مسيّرة
app-manner-satellite = ساتل
app-manner-reported = أبلغ عنه آخرون
app-source = المصدر
app-source-hint = اتركه فارغاً إن كانت المشاهدة مشاهدتك
app-reliability = موثوقية المصدر
app-reliability-A = موثوق تماماً
app-reliability-B = موثوق عادة
app-reliability-C = موثوق إلى حد ما
app-reliability-D = غير موثوق عادة
app-reliability-E = غير موثوق
app-reliability-F = لا يمكن الحكم عليه
app-credibility = مصداقية المعلومات
app-credibility-1 = أكدتها مصادر أخرى
app-credibility-2 = صحيحة على الأرجح
app-credibility-3 = ربما صحيحة
app-credibility-4 = مشكوك فيها
app-credibility-5 = مستبعدة
app-credibility-6 = لا يمكن الحكم عليها
app-draft-kept = حُفظت المسودة على هذا الجهاز الساعة { $time }
app-similar = قد يكون الحادث نفسه
app-newest = آخر ما سُجّل
app-fault-kind = اذكر ماذا حدث.
app-fault-day = اذكر في أي يوم.
app-fault-last-day = اليوم الأخير يسبق اليوم الأول.
app-fault-report = اكتب ما أُبلغ عنه.
app-fault-place = خط الطول وخط العرض بالدرجات، كلاهما أو لا شيء منهما.
app-fault-error = اذكر مدى دقة معرفة المكان.
app-fault-count = عدد صحيح.

## الخريطة
app-zoom-in = تقريب
app-zoom-out = إبعاد
app-span = تقارير
app-span-all = كل التواريخ
app-span-days = { $count ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يوماً
   *[other] { $count } يوم
  }
app-legend-accord = الاتفاق
app-legend-reports = التقارير
app-legend-ground = الأرض
app-legend-areas = التقرير منطقة تضم المكان الحقيقي باحتمال 95%؛ والعلامة في وسطها تدل على نوعه. الخط المتقطع: مصطنع.
app-layer-unseen = حيث لم يراقب أحد
app-km-from = على بعد { $km } كم من { $place }
app-in-a-zone = في منطقة
app-unseen-nowhere = لا توجد أرض لم يراقبها أحد.
app-route-open = مفتوح
app-route-partly_open = مفتوح جزئياً
app-route-closed = مغلق
app-route-unverified = لم يُتحقق منه
app-measure = قياس
app-measure-hint = انقر على الخريطة للقياس على مجسم الأرض. وثلاث نقاط أو أكثر تعطي المساحة أيضاً.
app-measure-centre = إضافة وسط الخريطة
app-measure-undo = تراجع
app-as-table = كجدول

## الخط الزمني
app-play = تشغيل
app-pause = إيقاف
app-pace = الخطوة
app-compare-with = مقارنة مع
app-compare-title = { $one } و{ $other }
app-compare-same = لا تختلف أي حالة بين التاريخين.

## الاتفاق
app-provisions = الأحكام
app-quotes = { $count ->
    [zero] بلا اقتباس
    [one] اقتباس واحد
    [two] اقتباسان
    [few] { $count } اقتباسات
    [many] { $count } اقتباساً
   *[other] { $count } اقتباس
  }
app-no-questions = لا يذكر الاتفاق أي مسألة تفسير.
app-assess-so = التقييم بهذا التفسير

## تحديد الجماعات
app-designation-lede = تكون الجماعة في القائمة متى وقّع كل طرف يلزم اتفاقه، كل بمفتاحه. يوقّع مفتاحك هنا، في هذا المتصفح، ولا يُرسل أبداً.
app-no-proposals = لا اقتراح.
app-key-title = مفتاح طرفك
app-key-hint = اختر ملف مفتاح طرفك. يبقى في هذه الصفحة ولا يُرسل أبداً، ويُنسى عند إغلاقها أو عند تسجيل الخروج.
app-key-file = ملف المفتاح
app-key-held = المفتاح جاهز للتوقيع.
app-key-missing = اختر أولاً ملف مفتاح طرفك.
app-key-form = ليس هذا ملف مفتاح من هذا البرنامج.
app-key-passphrase = عبارة مرور ملف المفتاح
app-key-unlock = فتح المفتاح
app-key-wrong-passphrase = عبارة المرور لا تفتح ملف المفتاح هذا.
app-key-other-lock = ملف المفتاح هذا مقفل بطريقة غير معروفة هنا. استعمل ملفاً كتبه الأمر { "truceline key new" }.
app-sign-with-key = توقيعه بمفتاح طرفنا
app-signed-with-key = موقّع بمفتاح الطرف
app-as-reported = كما أُبلغ به المكتب
app-subject-accord = الاتفاق
app-subject-zone = منطقة
app-subject-line = خط
app-propose = اقتراح جماعة
app-propose-and-sign = اقتراح وتوقيع
app-group = الجماعة
app-proposal-in-force = نافذ
app-proposal-disputed = متنازع عليه
app-proposal-waiting = في انتظار الموافقة
app-step-propose = اقتراح
app-consented = وافق
app-missing = لم يوافق بعد
app-objected = معترض
app-step-consent = موافقة
app-step-object = اعتراض
app-step-withdraw = سحب الموافقة

## القضايا
app-cases-lede = الادعاءات من التحقيق إلى النتيجة والرد والمعالجة: على من الخطوة التالية، وحتى متى.
app-only-overdue = ما فات أجله فقط
app-no-cases = لا توجد قضية كهذه.
app-case-open = فتح قضية
app-case-title = العنوان، بلا أسماء أشخاص
app-allegation = الادعاء
app-case-observations = معرّفات التقارير
app-concerned = الأطراف المعنية
app-opened = فُتحت
app-office = المكتب الذي يمسك السجل
app-next-step = التالي: { $what }
app-is-due = الأجل { $day }
app-was-due = كان الأجل { $day }
app-step = الخطوة
app-party = الطرف
app-accepts = يقبل النتيجة
app-rejects = يرفض النتيجة
app-remedy-by = المعالجة حتى
app-act-open = فتح
app-act-inquiry = تحقيق
app-act-visit = زيارة الموقع
app-act-visit_refused = رُفضت زيارة الموقع
app-act-finding = نتيجة
app-act-answer = رد
app-act-remedy = معالجة
app-act-appeal = تظلم
app-act-withdraw = سحب
app-act-reopen = إعادة فتح
app-act-link = تقارير أو أطراف أخرى
app-act-close = إغلاق

## جهد المراقبة
app-effort-lede = أين راقب أحد، وكم من الوقت، وأين لم يراقب أحد. «لم يُر شيء» غير «لم يراقب أحد».
app-effort-caption = ساعات المراقبة بحسب المكان والأسبوع
app-hours = الساعات
app-refused-count = المرفوض
app-nobody-looked = لم يراقب أحد
app-elsewhere = خارج جميع المناطق

## السجل
app-log-lede = كل ما سُجّل موجود في سجل لا يمكن تغييره خفية. تتحقق هذه الصفحة منه في متصفحك، دون الوثوق بالخادم.
app-head = رأس السجل الموقّع
app-entries = القيود
app-root = الجذر
app-log-key = مفتاح السجل
app-verify-head = التحقق من الرأس
app-download-head = تنزيل الرأس
app-head-kept = يحتفظ هذا المتصفح برأس تحقق منه من قبل: وعلى السجل أن يكون امتداداً له.
app-head-not-kept = لم يتحقق هذا المتصفح من هذا السجل من قبل. قارن المفتاح مع المكتب عبر قناة أخرى.
app-head-signed = التوقيع على قيود عددها { $size } صحيح.
app-head-recorded = سُجّل في { $when }.
app-head-continues = السجل امتداد للقيود التي تحقق منها هذا المتصفح وعددها { $size }: لم يُغيَّر منها شيء ولم يُحذف.
app-prove-title = إثبات قيد
app-prove-hint = اذكر معرّف تقرير، أو جدولاً ورقماً.
app-leaf-in-tree = القيد { $index } من { $size } موجود في شجرة الرأس الموقّع.
app-leaf-content = محتواه هو ما سُجّل.
app-leaf-withheld = محتواه محجوب عن دورك؛ وقد ثبت أنه مسجَّل.
app-leaf-recorded = سُجّل في { $when }.
app-what-was-recorded = ما سُجّل
app-proof-good = ثبت
app-proof-bad = لم يثبت:
app-no-ed25519 = لا يستطيع هذا المتصفح التحقق من تواقيع Ed25519.
app-proof-form = صيغة الإثبات غير صحيحة.
app-proof-key = المفتاح ليس مفتاح سجل.
app-head-unsigned = لم يوقّع أحد على رأس السجل هذا: لا يملك الخادم مفتاح السجل.
app-proof-key-changed = جاء السجل بمفتاح غير الذي رأيته في زيارتك الأولى.
app-proof-other-log = الرأس لسجل آخر.
app-proof-signature = الرأس غير موقّع بهذا المفتاح.
app-proof-path = المسار لا يؤدي إلى الجذر.
app-proof-shrunk = قيود السجل أقل من قيود الرأس المحفوظ.
app-proof-rewritten = السجل ليس امتداداً للرأس المحفوظ: لقد أُعيدت كتابته.
app-proof-nothing = الإثبات لا يثبت شيئاً.
app-proof-not-in-tree = القيد ليس في شجرة الرأس.
app-proof-content = المحتوى ليس ما سُجّل.
app-proof-other-thing = المحتوى لشيء غير المطلوب.
app-proof-not-continued = الإثبات لا يمتد من الرأس المحفوظ.

## الحسابات
app-account-new = حساب جديد
app-account-make = إنشاء الحساب
app-account-made = أُنشئ الحساب { $name }.
app-account-since = منذ
app-account-end = إنهاء
app-account-reopen = إعادة فتح
app-first-password = كلمة المرور الأولى
app-second-factor = رموز المرة الواحدة
app-second-factor-off = إلغاء رموز المرة الواحدة
app-readings-log = من اطّلع على أي بيانات حساسة
app-sign-ins = من سجّل الدخول أو حاول ذلك
app-sign-ins-failed = المحاولات الفاشلة فقط
app-sign-in-outcome-signed-in = سجّل الدخول
app-sign-in-outcome-wrong-name = لا حساب بهذا الاسم
app-sign-in-outcome-wrong-password = كلمة مرور غير صحيحة
app-sign-in-outcome-wrong-code = رمز مرة واحدة غير صحيح
app-sign-in-outcome-locked = مقفل بعد محاولات كثيرة
app-sign-in-outcome-ended = الحساب منتهٍ
app-sign-in-outcome-first-password-expired = انتهت صلاحية كلمة المرور الأولى
app-sign-in-way-password = بكلمة مرور
app-sign-in-way-provider = عبر مزوّد الهوية
app-sign-in-way-local = بالعنوان الذي طبعه الخادم
app-sign-in-way-device = كجهاز
app-sessions = أين سجّلت دخولك
app-session-times = منذ { $since }، وآخر استعمال { $seen }
app-session-this = هذا المتصفح
app-session-end = أنهِ هذه الجلسة

## حسابي والصور
app-own-account = حسابي
app-password-change = تغيير كلمة المرور
app-password-old = كلمة المرور الحالية
app-password-old-wrong = كلمة المرور الحالية غير صحيحة.
app-password-new = كلمة المرور الجديدة
app-codes-asked = تُطلب رموز المرة الواحدة عند تسجيل دخولك.
app-codes-begin = طلب رموز المرة الواحدة من الآن
app-codes-hint = امسح هذا الرمز بتطبيق مصادقة، أو أدخل فيه السر المكتوب تحته، ثم أكّد برمز منه. وتسجّل الدخول بعد ذلك من جديد.
app-codes-qr = رمز الاستجابة السريعة لسر الرموز المؤقتة
app-codes-open = فتح في تطبيق مصادقة
app-codes-confirm = تأكيد
app-photographs = الصور
app-photograph = الصورة { $number }
app-photograph-add = إضافة صورة (تُزال منها بيانات المكان وآلة التصوير)

## الأرض: العمق والقطاعات والمراقبة بجانب الأعداد والمسار
layer-depth = عمق المناطق على امتداد الخط
layer-sectors = القطاعات
layer-coverage = نصيب الدوريات من كل قطاع
app-legend-watch = ما رُوقب
app-depth = العمق
app-depth-of = العمق: { $zone }
app-depth-title = العمق على امتداد الخط: { $zone }
app-depth-none = لم يُتعهد بعمق لهذه المنطقة من خط واحد، فلا شيء يُدقق.
app-depth-promised = العمق المتعهد به، كم
app-depth-measured = عمق المنطقة
app-depth-limited = تنهيه انحناءات الخط نفسه: ليس نقصاً
app-depth-short = أقل عمقاً مما يجب
app-depth-over = أعمق مما تُعهد به
app-depth-left = يسار الخط
app-depth-right = يمين الخط
app-depth-verdict = كما تُعهد به على { $share } من الخط؛ العمق من { $least } إلى { $most } كم.
app-depth-uncertain = الخط غير معروف بما يكفي للجزم.
app-depth-place = الموضع على الخط
app-depth-hint = أشر إلى الرسم أو استعمل مفاتيح الأسهم على شريط التمرير لترى كل موضع على الخريطة.
app-depth-at = عند الكيلومتر { $along } من الخط يبلغ عمق المنطقة { $depth } كم؛ المتعهد به: { $promised } كم.
app-depth-at-short = ينقصه { $km } كم.
app-depth-at-over = يزيد { $km } كم.
app-depth-at-limited = انحناءات الخط نفسه لا تترك أرضاً أكثر هنا.
app-depth-caption = الخط مقسماً إلى مقاطع، مقارنة بالعمق المتعهد به
app-depth-along = على الخط، كم
app-depth-state = العمق هناك
app-depth-deep = العمق، كم
app-depth-by = بمقدار { $km } كم في أسوأ موضع
app-depth-state-within = كما تُعهد به
app-depth-state-limited = أقل، بسبب انحناءات الخط نفسه
app-depth-state-short = أقل عمقاً مما يجب
app-depth-state-over = أعمق مما تُعهد به
app-area = المساحة
app-by-party = بحسب الطرف
app-patrolled = جابت الدوريات { $share }
app-patrolled-range = جابت الدوريات { $least }–{ $most }
app-patrolled-none = لم تجبه دوريات
app-patrolled-unknown = لا نتيجة عن الدوريات
app-watched = رُوقب { $hours } ساعة خلال { $count ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومين
    [few] { $shown } أيام
    [many] { $shown } يوماً
   *[other] { $shown } يوم
  }.
app-watched-nobody = في { $share } من الأرض لم يراقب أحد.
app-watched-none = لم يراقب أحد: عدم الإبلاغ عن شيء لا يدل على شيء.
app-watched-hours = رُوقب { $hours } ساعة
app-nobody-watched = لم يراقب أحد
app-lane-watched = { $hours } ساعة مراقبة؛ في { $share } من الوقت لم يراقب أحد.
app-effort-on-map = أظهر على الخريطة حيث لم يراقب أحد
app-case-reports = { $count ->
    [0] لا تقارير.
    [zero] لا تقارير.
    [one] تقرير واحد.
    [two] تقريران.
    [few] { $shown } تقارير.
    [many] { $shown } تقريراً.
   *[other] { $shown } تقرير.
  }
app-case-watched = في الأيام الثلاثين السابقة لفتحها:
app-trend = في آخر { $count ->
    [zero] الأسابيع
    [one] أسبوع
    [two] أسبوعين
    [few] { $count } أسابيع
    [many] { $count } أسبوعاً
   *[other] { $count } أسبوع
  }: { $told }
app-trend-from = من { $day } { $status }
app-found-zone = منطقة
app-found-sector = قطاع
app-found-route = طريق
app-found-town = مكان
app-found-district = ناحية

## Files
app-exports-lede = البيانات والتقارير ملفاتٍ، في النسخة التي يحق لدورك رؤيتها. يذكر كل ملف تاريخ الحالة وما كان معروفاً؛ وما يطول يُعدّ في الخادم.
app-order-new = طلب ملف
app-order-what = ماذا
app-order-report = تقرير
app-order-data = بيانات
app-order-format = الصيغة
app-order-edition = النسخة
app-edition-public = للعموم
app-edition-parties = للأطراف
app-edition-internal = داخلية، لا تُتداول
app-order-period = الفترة
app-period-all = منذ التوقيع
app-period-day = يوم
app-period-week = أسبوع
app-period-month = شهر
app-format-gpkg = { "GeoPackage" }
app-format-geojson = { "GeoJSON" }
app-format-csv = { "CSV" } بوسوم { "HXL" }
app-format-parquet = { "GeoParquet" }
app-format-zip = حزمة بيانات ({ "zip" })
app-format-html = صفحة (HTML)
app-format-pdf = PDF
app-format-docx = مستند { "Word" }
app-export-observations = المشاهدات
app-export-zones = المناطق والنطاقات
app-export-lines = الخطوط
app-export-routes = الطرق
app-export-obligations = الالتزامات
app-export-effort = أين جرت المراقبة
app-export-patrols = الدوريات
app-export-weapons = سجل الأسلحة
app-export-corrections = التصويبات
app-order-standing = المشاهدات المعتدّ بها فقط، دون ما أُلغي بالتصويب
app-order-as-of = الحالة في { $day }.
app-order-newest = الحالة عند أحدث قيد؛ اختر يوماً آخر في أعلى الصفحة.
app-order-known-at = ما عُرف حتى { $day }.
app-order-publish = نشره: يدخل تقييمه وبصمته السجل باسمي
app-order-make = طلب
app-orders = ما طُلب
app-no-orders = لم يُطلب شيء.
app-order-state-waiting = ينتظر
app-order-state-making = قيد الإعداد
app-order-state-ready = جاهز
app-order-state-failed = تعذّر
app-order-step-waiting = ينتظر دوره
app-order-step-reading = يقرأ السجل ويقيّمه
app-order-step-writing = يكتب الملف
app-order-fetch = تنزيل
app-kilobytes = { $size } ك.ب
app-order-of = الحالة في { $asOf }، وما عُرف حتى { $knownAt }
app-order-published = نُشر، وهو في السجل باسم
app-order-cancel = سحب الطلب
app-order-remove = إزالة
app-order-until = يُحفظ حتى { $time }

## Drafts
app-drafts-lede = يصير نص الاتفاق اتفاقاً مقروءاً آلياً: تضع الآلة المسودة، ويؤكد المحلل أو يصحح أو يرفض جملةً جملة، ويجيب عما تركه النص مفتوحاً.
app-drafts-kept = تُحفظ المسودات وتاريخها في مساحة العمل.
app-drafts-not-kept = يحفظ هذا الخادم المسودات ما دام يعمل فقط. نزّل ما ينبغي أن يبقى، أو شغّله بالخيار { "\u2066--keep-drafts\u2069" }.
app-drafts-there = المسودات الموجودة
app-no-drafts = لا توجد مسودة بعد.
app-draft-new = وضع مسودة لنص
app-draft-new-hint = نص عادي أو HTML أو PDF أو { "DOCX" }، بالإنجليزية؛ أو الصق النص. يُقرأ في الخادم ولا يُرسل إلى أي مكان آخر.
app-draft-document = الوثيقة
app-draft-published = تاريخ النشر
app-draft-paste = أو النص نفسه
app-draft-name = اسم النص
app-draft-make = وضع المسودة
app-draft-making = النص قيد القراءة
app-draft-left = { $count ->
    [zero] بُتّ في كل شيء.
    [one] بقي حكم أو سؤال واحد مفتوحاً.
    [two] بقي حكمان أو سؤالان مفتوحين.
    [few] بقيت { $count } أحكام وأسئلة مفتوحة.
    [many] بقي { $count } حكماً وسؤالاً مفتوحاً.
   *[other] بقي { $count } حكم وسؤال مفتوح.
  }
app-draft-only-open = المفتوح فقط
app-draft-changed = غُيّر السطر { $line } من تاريخ هذه المسودة خارج البرنامج؛ ولا يُضاف إليه شيء.
app-draft-confidence = ثقة المسودة: { $p }
app-draft-statement = تصريح لا يُلزم أحداً
app-decision-open = مفتوح
app-decision-confirmed = مؤكَّد
app-decision-corrected = مصحَّح
app-decision-rejected = مرفوض
app-decision-added = مضاف
app-decision-answer = أُجيب عنه
app-decision-leave_open = تُرك مفتوحاً
app-decision-waits = ينتظر الإرسال
app-decide-confirm = تأكيد
app-decide-correct = تصحيح
app-decide-reject = رفض
app-decide-reopen = تراجع
app-decide-save = حفظ
app-draft-subject = موضوعه
app-draft-quote = الاقتباس، حرفياً كما في النص
app-draft-rest = حقول أخرى، كما في ملف الاتفاق ({ "JSON" })
app-draft-not-json = الحقول الأخرى ليست { "JSON" }.
app-draft-add = إضافة حكم من هذه الجملة
app-draft-question = تركه النص مفتوحاً
app-draft-answer = إجابة
app-draft-leave-open = تركه مفتوحاً
app-draft-needs-reason = تركه مفتوحاً يحتاج إلى سبب
app-draft-no-answer = أعطِ إجابة، أو اترك السؤال مفتوحاً مع السبب.
app-draft-no-line = لا يحتوي هذا الملف على خط بصيغة { "GeoJSON" }.
app-draft-side-first = حدّد أولاً الخط وعمق المنطقة.
app-draft-days-after = الأيام
app-draft-after = محسوبة من
app-draft-mode = كيفية تسيير الدوريات
app-mode-joint = مشتركة
app-mode-coordinated = منسّقة
app-mode-separate = منفصلة
app-draft-measure = ما تقيسه المسافة
app-measure-depth = عمق جانب واحد
app-measure-width = العرض الكلي
app-draft-side = جانب الخط، باتجاه رسمه
app-side-left = اليسار
app-side-right = اليمين
app-side-both = الجانبان
app-draft-times = عدد المرات
app-draft-per = في كل
app-per-day = يوم
app-per-week = أسبوع
app-per-month = شهر
app-draft-least-km = على الأقل، كم
app-draft-most-km = على الأكثر، كم
app-draft-line-file = الخط، ملف { "GeoJSON" }
app-draft-left-of-line = على يساره
app-draft-right-of-line = على يمينه
app-draft-time-zone = المنطقة الزمنية
app-draft-head = العنوان والتوقيع والأطراف
app-draft-title = العنوان
app-draft-parties = الأطراف
app-draft-party-name = الاسم
app-draft-party-role = الدور
app-draft-party-new = معرّف طرف آخر (حروف صغيرة وأرقام وواصلات)
app-party-role-guarantor = ضامن
app-party-role-side = طرف
app-party-role-group = جماعة
app-party-role-supporter = داعم
app-party-role-observer = مراقب
app-draft-finish = الإنهاء
app-draft-faults = لو تأكد الآن:
app-draft-confirmed = أكّد { $who } الاتفاق في { $when }.
app-draft-confirm = تأكيد الاتفاق
app-draft-fetch-accord = تنزيل الاتفاق ({ "YAML" })
app-draft-fetch-draft = تنزيل المسودة ({ "YAML" })
app-draft-fetch-package = كل ذلك مع النص والتاريخ ({ "zip" })
app-draft-history = { $count ->
    [zero] لا قرارات
    [one] قرار واحد
    [two] قراران
    [few] { $count } قرارات
    [many] { $count } قراراً
   *[other] { $count } قرار
  }
app-history-confirm = أُكّد
app-history-correct = صُحّح
app-history-reject = رُفض
app-history-reopen = تُرُوجِع عنه
app-history-add = أُضيف
app-history-answer = أُجيب
app-history-leave_open = تُرك مفتوحاً
app-history-head = ضُبط العنوان أو التواريخ
app-history-part = ضُبط جزء
