### ورقة خطة الدوريات للطباعة. تأتي الأعداد والتواريخ نصاً مكتوباً كما تقتضي اللغة.

sheet-title = دوريات ابتداءً من { $day }، { $days ->
    [zero] دون أيام
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يوماً
   *[other] { $days } يوم
 }
sheet-secret = المواقع المقررة للدوريات: لمن يسيّر الدوريات وحده دون غيره. تُتلف بعد الاستعمال.
sheet-times = الأوقات بتوقيت { $zone }. نوع التسيير: { $mode }. تغطية الفترات المطلوبة: { $share }.
sheet-chance = ما تُرك كي لا يمكن التكهن بالخطة، بالنقاط المئوية: { $points }.
sheet-synthetic = مصطنعة: نقاط هذه الخطة أو فرقها أو طرقها مختلقة.
sheet-margin = لا يقترب أي فريق من الخط أكثر من { $least } إلى { $most } كم (أي { $times } من خطأ الخط هناك باحتمال 95%).
sheet-uncovered = غير مغطى بالكامل
sheet-post = النقطة
sheet-visits = الزيارات
sheet-kept = الالتزام بالفترة
sheet-why = السبب
sheet-shift = { $team } ({ $party })، { $day }
sheet-away = المغادرة { $leave }، والعودة { $back }.
sheet-languages = اللغات: { $languages }.
sheet-check-in = يُبلَّغ عن كل وصول خلال { $minutes } دقيقة.
sheet-to = إلى
sheet-leave = المغادرة
sheet-arrive = الوصول
sheet-km = كم
sheet-stay = المكوث
sheet-with = مع
sheet-handover = التسليم
sheet-checked-in = أُبلغ عن الوصول
sheet-base = القاعدة
sheet-later = { $clock } (+{ $days } ي)
mode-joint = مشتركة
mode-coordinated = منسّقة
mode-separate = منفصلة
why-other_side = تقع على الخط أو وراءه بالنظر من جانب طرفها
why-near_line = تقع أقرب إلى الخط مما قد يخطئ فيه الخط، بالهامش المعتمد
why-no_team = ليس لطرفها فريق، أو لا نوبة له في هذه الأيام
why-no_language = لا يتحدث أي فريق من طرفها اللغة المطلوبة هناك
why-hazard = تقع في أرض تبلغ خطورتها الحد أو تتجاوزه
why-cut_off = لا طريق إليها من أي قاعدة يبقى في جانبه وبعيداً عن الخطر
why-too_far = يستغرق الذهاب إليها والزيارة والعودة أكثر من أي نوبة
why-interval_too_short = الفاصل بين النوبات أطول من فترتها
why-alone = لم يكن ممكناً أن يحضر فريق من الطرف الآخر في الوقت نفسه
why-time = لم يكفِ وقت الفرق
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
