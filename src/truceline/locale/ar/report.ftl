### كلمات صفحة التقرير.
### تأتي الأعداد والتواريخ نصاً مكتوباً كما تقتضي اللغة.

## ماهية الصفحة
report-title = { $title }: تقرير
report-kicker = تقرير عن اتفاق
report-lede = ما وعد به الاتفاق، وحالة كل وعد في التاريخ المختار، ومدى اليقين من ذلك، والتقارير التي يستند إليها.
report-skip = الانتقال إلى الالتزامات
report-no-script = لا يشغّل هذا المتصفح البرامج النصية. يعمل اختيار التاريخ والالتزامات والنصوص والجداول كلها؛ أما الخريطة فتحتاج إلى برنامج نصي، وجدولها أدناه يضم التقارير نفسها.
report-generator = أُعدّ بواسطة { $generator }

## الوقائع في رأس الصفحة
fact-signed = التوقيع
fact-status = النسخة
fact-version = { $status }، النسخة { $version }
fact-time-zone = المنطقة الزمنية
fact-data-current = البيانات حتى
fact-known-at = بحسب المعروف حتى
fact-ruleset = مجموعة القواعد
fact-reading = التفسير
fact-reports = التقارير
fact-reading-adopted = المعتمد في الاتفاق
fact-none = غير مذكور
accord-status-draft = مسودة
accord-status-confirmed = مؤكد
accord-status-superseded = حل محله غيره

## اختيار التاريخ
dates-legend = الحالة في
dates-end-of = نهاية يوم { $day }
dates-hint = يغيّر التاريخ المختار الالتزامات والخريطة والخط الزمني معاً.
serve-legend = تقييم تاريخ آخر
serve-label = في تاريخ
serve-button = تقييم

## الأقسام
nav-label = أقسام الصفحة
section-board = الالتزامات
section-map = الخريطة
section-timeline = الخط الزمني
section-zones = المناطق
section-comparison = المسودة والاتفاق المؤكد
section-readings = التفسيرات
section-evidence = الأدلة
section-texts = النصوص
section-method = المنهج والحدود

## الحالات
status-not_due = لم يحن أجله
status-in_progress = قيد التنفيذ
status-met = نُفّذ
status-met_late = نُفّذ متأخراً
status-overdue = فات أجله
status-unverified = لم يُتحقق منه
status-holding = قائم
status-breached = انتُهك
status-disputed = متنازع عليه
status-meaning-not_due = لا شيء مستحق بعد ولم يُر شيء
status-meaning-in_progress = قبل الأجل مع إحراز تقدم
status-meaning-met = أُنجز قبل الأجل
status-meaning-met_late = أُنجز بعد الأجل
status-meaning-overdue = انقضى الأجل مع دليل على عدم الإنجاز
status-meaning-unverified = الأدلة غير كافية في أي من الاتجاهين؛ والسكوت ليس امتثالاً ولا انتهاكاً
status-meaning-holding = التزام دائم بلا انتهاك مؤكد
status-meaning-breached = انتهاك مؤكد
status-meaning-disputed = أدلة معقولة على الجانبين أو اعتراض رسمي من طرف
legend-statuses = معاني الحالات

## أنواع الالتزامات
kind-cessation = وقف الأعمال
kind-zone = المنطقة
kind-weapons_withdrawal = سحب الأسلحة
kind-forces_withdrawal = سحب القوات
kind-designation = تحديد الجماعات
kind-patrols = الدوريات
kind-routes = الطريق
kind-verification = التحقق
kind-ceiling = السقف
kind-restriction = التقييد
kind-other = غير ذلك

## الاحتمالات. الألفاظ من سلّم الأرجحية لدى الهيئة الحكومية الدولية المعنية بتغير المناخ.
likelihood-virtually-certain = شبه مؤكد
likelihood-very-likely = مرجّح جداً
likelihood-likely = مرجّح
likelihood-even = يتساوى احتمال حدوثه وعدمه
likelihood-unlikely = غير مرجّح
likelihood-very-unlikely = غير مرجّح جداً
likelihood-exceptionally-unlikely = غير مرجّح بصورة استثنائية
claim-breached = أنه انتُهك: { $likelihood }
claim-done = أنه أُنجز: { $likelihood }
claim-not-done = أنه لم يُنجز: { $likelihood }
claim-not-breached = أنه لم يُنتهك: { $likelihood }
claim-fulfilled = أنه استُوفي: { $likelihood }
p-fulfilled = استُوفي
p-breached = انتُهك
p-label = الاحتمالات
likelihood-scale = تتبع ألفاظ الاحتمال سلّم الأرجحية لدى الهيئة الحكومية الدولية المعنية بتغير المناخ (2010): شبه مؤكد من 99%، ومرجّح جداً من 90%، ومرجّح من 66%، ويتساوى احتمال حدوثه وعدمه من 33%، وغير مرجّح من 10%، وغير مرجّح جداً من 1%، وغير مرجّح بصورة استثنائية دون ذلك.

## الموجز
summary-title = نظرة سريعة
summary-as-of = حتى { $when }
summary-changes = ما تغيّر منذ { $when }
summary-no-changes = لم تتغيّر أي حالة منذ { $when }.
summary-first = أول تاريخ في هذا التقرير.
summary-change = { $title }: { $before } ← { $after }
summary-synthetic = { $count ->
    [zero] { $shown } على أدلة مصطنعة وحدها
    [one] { $shown } على أدلة مصطنعة وحدها
    [two] { $shown } على أدلة مصطنعة وحدها
    [few] { $shown } على أدلة مصطنعة وحدها
    [many] { $shown } على أدلة مصطنعة وحدها
   *[other] { $shown } على أدلة مصطنعة وحدها
  }
summary-considered = { $count ->
    [zero] لم يُحتسب أي تقرير.
    [one] احتُسب تقرير واحد.
    [two] احتُسب تقريران.
    [few] احتُسبت { $shown } تقارير.
    [many] احتُسب { $shown } تقريراً.
   *[other] احتُسب { $shown } تقرير.
  }

## لوحة الالتزامات
board-hint = افتح التزاماً لترى تعليلاته والتقارير التي وراءها وكلمات الاتفاق.
board-empty = لا يتضمن الاتفاق التزامات.
board-synthetic = على أدلة مصطنعة وحدها
board-partly-synthetic = على أدلة مصطنعة في جزء منه
board-due = الأجل { $day }
board-no-deadline = بلا أجل
board-standing = التزام دائم
board-days-left = { $count ->
    [zero] لم يبق يوم
    [one] بقي يوم واحد
    [two] بقي يومان
    [few] بقيت { $shown } أيام
    [many] بقي { $shown } يوماً
   *[other] بقي { $shown } يوم
  }
board-days-after = { $count ->
    [zero] في يوم الأجل
    [one] بعد الأجل بيوم واحد
    [two] بعد الأجل بيومين
    [few] بعد الأجل بـ { $shown } أيام
    [many] بعد الأجل بـ { $shown } يوماً
   *[other] بعد الأجل بـ { $shown } يوم
  }
board-day-of = اليوم الأخير
board-day-over = انقضى الأجل للتو
board-since = منذ { $day }
board-history = الحالة بحسب التاريخ
board-reasons = التعليلات
board-no-reasons = لم يقدّم التقييم تعليلاً.
board-evidence = التقارير المؤيدة لهذا الحكم
board-counter = التقارير المعارضة له
board-no-evidence = لا يوجد تقرير ذو صلة.
board-more = { $count ->
    [zero] ولا شيء غيرها في جدول الأدلة
    [one] وتقرير آخر واحد في جدول الأدلة
    [two] وتقريران آخران في جدول الأدلة
    [few] و{ $shown } تقارير أخرى في جدول الأدلة
    [many] و{ $shown } تقريراً آخر في جدول الأدلة
   *[other] و{ $shown } تقرير آخر في جدول الأدلة
  }
board-show-all = عرضها في جدول الأدلة
board-quote = كلمات الاتفاق
board-quote-none = لم يُسجَّل اقتباس.
board-binds = الملتزمون
board-binds-nobody = لا أحد بالاسم
board-condition = الشرط
board-exemptions = الاستثناءات
board-depends = يتوقف على
board-deadline-words = الأجل في النص
board-note = ملاحظة
board-effort = المراقبة
board-effort-none = لم يُسجَّل أن أحداً راقب: فالسكوت هنا لا يفيد شيئاً.
board-effort-hours = ساعات المراقبة: { $hours }
board-effort-refused = { $count ->
    [zero] لم يُرفض الوصول
    [one] رُفض الوصول مرة واحدة
    [two] رُفض الوصول مرتين
    [few] رُفض الوصول { $shown } مرات
    [many] رُفض الوصول { $shown } مرة
   *[other] رُفض الوصول { $shown } مرة
  }
board-finding = النتيجة
board-parts = بحسب الطرف أو الفئة
board-readings = يتوقف على التفسير
board-readings-hint = يختلف الحكم باختلاف تفسير النص:
board-reading-assessed = المحتسب هنا
board-factors = سبب الوزن { $probability }
board-id = المعرّف
finding-none = لا شيء
finding-possible = ممكنة
finding-probable = مرجّحة
finding-confirmed = مؤكدة
factor-report = التقرير صحيح
factor-inquiry = التحقيق مخطئ
factor-inside = داخل المنطقة
factor-about = يتعلق بهذا
factor-on_route = على الطريق
factor-time = ضمن الزمن
factor-party = من الطرف
factor-target = ضد المحميين
factor-weapon = سلاح من هذا النوع
factor-forces = قوات من هذا النوع
factor-meant = هذا هو المقصود
factor-shows = يُظهره
factor-verifier = من القائمين بالتحقق
factor-whole = كله
factor-not_exempt = غير مستثنى
factor-altitude = الارتفاع غير مذكور
factor-declared_complete = المخزون مكتمل
said-by = على لسان { $speaker }

## الأدلة
evidence-hint = كل سطر تقرير واحد عن أمر واحد من مصدر واحد. لا يُعدَّل شيء مسجَّل؛ وتُحسب التقارير المتعددة عن الحادث الواحد مرة واحدة.
evidence-search = بحث
evidence-kind = ماذا
evidence-source = المصدر
evidence-all = الكل
evidence-hide-synthetic = إخفاء المصطنع
evidence-only-counted = المحتسب في التاريخ المختار فقط
evidence-reset = إزالة المرشحات
evidence-showing = { $shown } من { $all } من الأسطر
evidence-empty = لا يوافق هذه المرشحات أي سطر.
evidence-none = لا أدلة في مساحة العمل بعد. تُدخَل بالأمر: truceline ingest
evidence-omitted = { $count ->
    [zero] لا توجد تقارير أخرى غير معروضة هنا.
    [one] في مساحة العمل تقرير آخر واحد غير معروض هنا؛ وتحتسبه الأحكام.
    [two] في مساحة العمل تقريران آخران غير معروضين هنا؛ وتحتسبهما الأحكام.
    [few] في مساحة العمل { $shown } تقارير أخرى غير معروضة هنا؛ وتحتسبها الأحكام.
    [many] في مساحة العمل { $shown } تقريراً آخر غير معروض هنا؛ وتحتسبها الأحكام.
   *[other] في مساحة العمل { $shown } تقرير آخر غير معروض هنا؛ وتحتسبها الأحكام.
  }
evidence-table = الأدلة، تقرير في كل سطر
col-number = الرقم
col-when = متى
col-what = ماذا
col-where = أين
col-who = من
col-report = التقرير
col-source = المصدر والتقدير
col-original = الأصل
within-km = بدقة { $km } كم
no-place = لم يُذكر مكان
against = ضد { $targets }
nobody = غير مسمى
unknown = غير معروف
rated = التقدير { $rating }
rating-none = بلا تقدير
row-of = { $file }، السطر { $row }
recorded = سُجّل في { $day }
killed = { $count ->
    [zero] لم يُبلَّغ عن وفيات
    [one] أُبلغ عن وفاة واحدة
    [two] أُبلغ عن وفاتين
    [few] أُبلغ عن { $shown } وفيات
    [many] أُبلغ عن { $shown } وفاة
   *[other] أُبلغ عن { $shown } وفاة
  }
mark-synthetic = مصطنع
mark-claim = ادعاء
mark-retracted = مسحوب
mark-superseded = حل محله غيره
mark-disputed = معترض عليه
mark-later = بعد التاريخ المختار
mark-incident = { $count ->
    [zero] لا تقارير عن هذا الحادث
    [one] تقرير واحد عن هذا الحادث
    [two] تقريران عن هذا الحادث
    [few] { $shown } تقارير عن هذا الحادث
    [many] { $shown } تقريراً عن هذا الحادث
   *[other] { $shown } تقرير عن هذا الحادث
  }
synthetic-note = الأدلة المصطنعة اختلقها للمثال مولّد ذو بذرة ثابتة ولم تقع في أي مكان. وهي موسومة بكلمة «مصطنع» حيثما عُرضت.
claim-note = الادعاء هو ما يقوله أحد عن سلوكه أو سلوك غيره، وليس مشاهدة.
show-on-map = عرض على الخريطة
show-in-table = عرض في الجدول

## الخريطة
map-label = خريطة المنطقة وخط التماس والأحداث المبلَّغ عنها
map-hint = تحرك مفاتيح الأسهم الخريطة، ويكبّر الزائد ويصغّر الناقص. يُرسم كل تقرير مساحةً تضم مكانه الحقيقي باحتمال 95%، لا نقطة.
map-layers = الطبقات
map-legend = مفتاح الخريطة
map-basemap = خريطة الأساس
layer-zones = المناطق
layer-lines = خطوط التماس
layer-routes = الطرق
layer-towns = البلدات
layer-districts = المناطق الإدارية
layer-military = العمل العسكري
layer-withdrawal = الوجود والسحب
layer-access = الطرق والدوريات والمراقبة
layer-other = تقارير أخرى
layer-synthetic = تقارير مصطنعة
map-line-approximate = تقريبي، معروف بدقة { $km } كم
map-line-exact = معروف بدقة { $km } كم
map-zone-inner = { $name }: ضمن { $km } كم من الخط، داخل المنطقة بكل تفسير لعمقها
map-zone-outer = { $name }: من { $from } إلى { $to } كم من الخط، قد يكون داخل المنطقة
map-zone-inner-along = { $name }: ضمن { $km } كم من الخط، بحسب المتفق عليه لكل جانب وقطعة منه، داخل المنطقة بكل تفسير لعمقها
map-zone-outer-along = { $name }: ضمن { $km } كم من الخط، بحسب المتفق عليه لكل جانب وقطعة منه، قد يكون داخل المنطقة
map-zone-plain = { $name }
map-band = حيث قد يمر الخط
route-state-reopened = أُعيد فتحه
route-state-partly_open = مفتوح جزئياً
route-state-closed = مغلق
route-state-unverified = لم يُتحقق منه
map-route = { $name }، مرسوم بدقة { $km } كم
map-unplaced = تقارير بلا مكان
map-unplaced-none = لكل تقرير محتسب في هذا التاريخ مكان.
map-north = شمال
map-unavailable = تحتاج الخريطة إلى برنامج نصي. ويضم جدول الأدلة أدناه التقارير نفسها بأماكنها ومقدار الخطأ فيها.
map-table = ما تُظهره الخريطة في جدول
map-credit = الحدود والبلدات: { $credits }. لا تعبّر الحدود والأسماء عن أي رأي في وضع أي إقليم.
map-reset = المنطقة كلها
map-table-name = الاسم
map-table-kind = النوع
map-table-place = خط الطول، خط العرض
map-table-known = مدى المعرفة به
zone-area_of_separation = المنطقة الفاصلة
zone-area_of_limitation = منطقة الحد من القوات
zone-exclusion = منطقة محظورة
zone-sector = قطاع
zone-other = منطقة
zone-band = نطاق
map-group = عدد التقارير عن هذا المكان: { $count }
map-symbols = تدل العلامة في الوسط على النوع، والعدد على عدد التقارير المشتركة في المكان؛ وتبهت التقارير القديمة.
map-no-geometry = لا يتضمن الاتفاق خطاً أو منطقة أو طريقاً يمكن رسمه.

## الخط الزمني
timeline-label = الخط الزمني للتقارير والآجال
timeline-hint = ينتقل السهمان الأيسر والأيمن بين التقارير، ويغيّر السهمان الأعلى والأسفل السطر، ويختار مفتاح الإدخال.
timeline-deadline = { $count ->
    [zero] لا آجال في { $day }
    [one] أجل { $day }
    [two] أجلان { $day }
    [few] { $shown } آجال { $day }
    [many] { $shown } أجلاً { $day }
   *[other] { $shown } أجل { $day }
  }
timeline-signed = التوقيع { $day }
timeline-as-of = حتى { $day }
timeline-outside = { $count ->
    [zero] لا تقارير خارج المدى المرسوم.
    [one] يقع تقرير واحد خارج المدى المرسوم؛ وهو في جدول الأدلة.
    [two] يقع تقريران خارج المدى المرسوم؛ وهما في جدول الأدلة.
    [few] تقع { $shown } تقارير خارج المدى المرسوم؛ وهي في جدول الأدلة.
    [many] يقع { $shown } تقريراً خارج المدى المرسوم؛ وهي في جدول الأدلة.
   *[other] يقع { $shown } تقرير خارج المدى المرسوم؛ وهي في جدول الأدلة.
  }
timeline-key-report = تقرير
timeline-key-claim = ادعاء أو بيان
timeline-key-synthetic = مصطنع
timeline-key-size = تضم العلامة الكبيرة تقارير عدة ليوم واحد؛ والرمادي بعد التاريخ المختار.
timeline-empty = لا يوجد تقرير يُرسم.
timeline-mark = { $day }: { $what }
timeline-mark-many = { $day }: عدد التقارير { $count }، { $what }
lane-any_military_action = العمل العسكري
lane-presence = الوجود
lane-withdrawal = السحب
lane-patrol = الدوريات
lane-route = الطرق
lane-political = البيانات
lane-control = السيطرة
lane-effort = المراقبة
lane-restricted_act = أعمال مقيّدة
lane-other = غير ذلك

## المناطق
zones-none = تعذّر رسم مناطق الاتفاق، فلم يُدقَّق عمقها.
zones-hint = هل للمنطقة العمق الموعود في كل موضع على امتداد خطها؟
zones-verdict = الحكم
zones-promised = العمق الموعود
zones-range = من { $min } إلى { $max } كم
zones-as-agreed = ، بحسب المتفق عليه لكل قطعة من الخط:
zones-promised-stretch = من الكيلومتر { $from } إلى { $to }: { $depth } كم
zones-measured = العمق المقيس
zones-measured-value = من { $min } إلى { $max } كم، والمتوسط { $mean } كم
zones-share = ضمن الموعود
zones-share-value = { $share } من الخط
zones-area = المساحة
zones-area-value = { $area } كم²
zones-chart = عمق { $zone } على امتداد { $line }
zones-axis-along = كم على امتداد الخط
zones-axis-depth = العمق، كم
zones-shortfalls = عمق أقل من الموعود
zones-excesses = عمق أكثر من الموعود
zones-stretch = من الكيلومتر { $from } إلى { $to }، بما لا يزيد على { $worst } م
zones-promised-band = الموعود
zones-true = بالقياس من الخط الحقيقي
zones-true-hint = لا يُعرف بدقة أين يمر الخط الحقيقي: فهو يقع ضمن { $km } كم من الخط المرسوم هنا باحتمال 95% في كل موضع. وحيثما مرّ في غير هذا الموضع كانت المنطقة أعمق أو أقل عمقاً مما رُسم.
zones-true-depth = قد يكون العمق
zones-true-share = المتوقع ضمن الموعود
zones-true-share-value = { $share } من الخط؛ وبين { $low } و{ $high } باحتمال 95%
zones-true-shallow = أقل عمقاً في موضع ما
zones-true-deep = أكثر عمقاً في موضع ما
zones-true-chance = { $likelihood }، { $p }
zones-true-area = هامش خطأ المساحة
zones-true-area-value = { $error } كم² (الخطأ المعياري)
zones-key-profile = العمق من الخط كما رُسم
zones-key-bounds = العمق من الخط الحقيقي: أي قيمة هنا، باحتمال 95% في كل موضع
zones-key-promised = العمق الموعود
zones-title = { $zone }، { $side } خطها
zones-certain = { $verdict }، أياً كان الخط الحقيقي
zones-uncertain = { $verdict }؛ وقد يغيّر الخط الحقيقي ذلك
zones-limited = المتصل: ينتهي العمق بحد المنطقة. المنقّط: تنهيه انحناءات الخط نفسه، لأن الأرض وراءه أقرب إلى جزء آخر من الخط؛ وليس ذلك نقصاً، ويُحسب ضمن الموعود.
side-left = يسار
side-right = يمين
verdict-as_promised = كما وُعد
verdict-within_uncertainty = يختلف، لكن بما لا يزيد على عدم اليقين في الخط
verdict-too_shallow = أقل عمقاً في مواضع
verdict-too_deep = أكثر عمقاً في مواضع
verdict-too_shallow_and_too_deep = أقل عمقاً في مواضع وأكثر عمقاً في مواضع

## المقارنة
comparison-hint = ما غيّره محلل بين المسودة الموضوعة من الإعلان والاتفاق المؤكد. وتستند الأحكام إلى المؤكد.
comparison-found = وجدت المسودة { $found } من { $of } من البنود.
comparison-provision = البند
comparison-result = في المسودة
comparison-field = يختلف في
comparison-draft = المسودة
comparison-confirmed = المؤكد
comparison-nothing = لا شيء
comparison-same = وُجد، مطابق
comparison-differs = وُجد، مختلف
comparison-missed = لم يوجد
comparison-extra = في المسودة وحدها
comparison-questions = ما تركه النص مفتوحاً

## التفسيرات
readings-hint = حيث يُقرأ النص على أكثر من وجه، يحفظ الاتفاق التفسيرات ويسمي المعتمد منها.
readings-held = القائلون به: { $who }
readings-adopted = معتمد

## النصوص
texts-hint = الوثائق التي يقتبس منها الاتفاق. والكلمات المعلَّمة يقتبسها أحد البنود.
texts-statements = بيانات لا تُلزم أحداً
texts-no-text = نص هذا المصدر غير موجود في مساحة العمل.
texts-published = نُشر في { $day }
stance-supports = مؤيد
stance-welcomes = مرحّب
stance-rejects = رافض
stance-criticises = منتقد
stance-demands = مطالب
stance-conditional = بشرط
stance-claims = مدّعٍ
stance-neutral = قائل

## المنهج
method-verdict = حُسبت كل حالة من الاتفاق والتقارير المسجلة وحدها، بمجموعة القواعد { $ruleset }. والمدخلات نفسها تعطي الصفحة نفسها بايتاً ببايت.
method-silence = السكوت ليس امتثالاً ولا انتهاكاً: فحيث لم يراقب أحد يبقى الالتزام غير متحقَّق منه.
method-thresholds = تكون النتيجة مرجّحة من { $probable } ومؤكدة من { $confirmed }.
method-place = المكان التقريبي مساحة لا نقطة: ويُحسب التقرير للمنطقة باحتمال وقوع مكانه الحقيقي داخلها.
method-sides = لا تنحاز الأداة إلى أحد. وتُسمى الجماعات والحكومات كما يسميها الاتفاق؛ وتبقى الاقتباسات اقتباسات.
method-limits = الحدود
method-limit-report = التقارير ثانوية وناقصة؛ وكثير منها يصف حوادث عدة أو منطقة إدارية بأكملها.
method-limit-line = لم تنشر الأطراف خط تماس حيث وُسم بأنه تقريبي؛ والمسافات إليه ليست أدق مما ذُكر.
method-limit-judgement = تعين الصفحة على الحكم ولا تحل محله. راجع التقرير الذي وراء التعليل قبل أن تتصرف بناءً عليه.
signed-title = ما وقّعته الأطراف
signed-hint = يوقّع كل طرف بمفتاحه بصمةَ نسخة الاتفاق أو المنطقة أو الخط؛ ويُعدّ مؤكداً متى وقّع جميع من يلزم توقيعهم الشيء نفسه.
signed-confirmed = أكده الجميع
signed-changed = تغيّر بعد توقيع الجميع
signed-disputed = معترض عليه
signed-partly = وقّعه بعضهم
signed-unconfirmed = لم يوقّعه أحد
signed-by = الموقّعون: { $names }
signed-missing = غير الموقّعين: { $names }
signed-objecting = المعترضون: { $names }
cases-title = القضايا
cases-hint = ادعاءات يجري التحقيق فيها، كما كانت في آخر تاريخ لهذه الصفحة. ولا يُعرض هنا ما ادُّعي ولا من ادعاه.
case-alleged = مدّعى بها
case-inquiry = قيد التحقيق
case-site_visit = زِير الموقع
case-found = صدرت نتيجة
case-answered = ورد الرد
case-remedied = عولجت
case-appealed = قيد التظلم
case-closed = أُغلقت
case-withdrawn = سُحبت
case-result-confirmed = الادعاء مؤكد
case-result-not_confirmed = الادعاء غير مؤكد
case-result-inconclusive = لم يتأكد ولم يُنفَ
case-next = التالي { $what }، على { $who }، حتى
case-due-inquiry = التحقيق
case-due-visit = زيارة الموقع
case-due-finding = النتيجة
case-due-answer = الرد
case-due-remedy = المعالجة
case-due-closing = الإغلاق
case-due-appeal = البت في التظلم
case-overdue = فات أجله
method-inputs = الملفات التي يستند إليها التقرير
method-file = الملف
method-rows = الأسطر
method-sources = المصادر
method-hash = SHA-256
method-keys = المفاتيح
keys-dates = [ و ]: التاريخ السابق والتالي
keys-help = ?: هذه القائمة
keys-timeline = الأسهم في الخط الزمني: التنقل بين التقارير
keys-map = الأسهم والزائد والناقص في الخريطة: التحريك والتكبير
keys-escape = Escape: إلغاء التحديد
keys-title = المفاتيح
close = إغلاق

section-patrols = الدوريات
patrols-hint = ما خُطّط له، وما تثبته مسارات الدوريات. أعداد ونسب فقط: لا يُعرض هنا أين كانت الدوريات ولا متى ولا أي فريق قام بها.
patrols-period = من { $day }، عدد الأيام: { $days }
patrols-party = الطرف
patrols-shifts = النوبات المخططة
patrols-shown = يثبتها مسار
patrols-shown_in_part = يثبتها مسار جزئياً
patrols-doubtful = مسار مشكوك فيه
patrols-no_track = بلا مسار
patrols-visits = الزيارات المخططة
patrols-made = تمّت
patrols-on_time = منها في موعدها
patrols-late = منها متأخرة
patrols-short = قصيرة جداً
patrols-not_made = لم تتم
patrols-unclear = لا يمكن الجزم
patrols-unproven = بلا مسار أو بمسار مشكوك فيه
patrols-late-median = التأخر الوسيط بالدقائق
patrols-check_ins = تأكيدات الوصول المحترمة من المخططة
patrols-with = زيارات مع الطرف الآخر من المخططة
patrols-of = { $part } من { $whole }
patrols-zone-seen = نسبة المنطقة المرئية
patrols-line-seen = نسبة الخط المرئية
patrols-sight = المرئي هو ما يقع ضمن { $km } كم من طريق الدورية، أياً كانت التضاريس.
patrols-sight-terrain = المرئي هو ما يقع ضمن { $km } كم من طريق الدورية ويُرى فوق التضاريس.
patrols-all = الكل
