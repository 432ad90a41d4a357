### Bir devriye planının basılabilir sayfası. Sayılar ve tarihler metin olarak, dile göre yazılmış hâlde gelir.

sheet-title = { $day } tarihinden itibaren devriyeler, { $days ->
    [one] { $days } gün
   *[other] { $days } gün
 }
sheet-secret = Devriyelerin planlanan yerleri: yalnızca devriye görevindekiler içindir. Kullandıktan sonra imha ediniz.
sheet-times = Saatler şu dilime göredir: { $zone }. Biçim: { $mode }. İstenen aralıkların karşılanma oranı: { $share }.
sheet-chance = Planın önceden kestirilememesi için vazgeçilen, yüzde puan: { $points }.
sheet-synthetic = Sentetik: bu planın noktaları, ekipleri ya da yolları uydurmadır.
sheet-margin = Hiçbir ekip hatta { $least } ile { $most } km’den daha çok yaklaşmaz (hattın oradaki %95 hatasının { $times } katı).
sheet-uncovered = Tümüyle karşılanmayanlar
sheet-post = Nokta
sheet-visits = Ziyaret
sheet-kept = Uyulan aralık
sheet-why = Nedeni
sheet-shift = { $team } ({ $party }), { $day }
sheet-away = Çıkış { $leave }, dönüş { $back }.
sheet-languages = Diller: { $languages }.
sheet-check-in = Her varıştan sonra { $minutes } dk içinde bildiriniz.
sheet-to = Nereye
sheet-leave = Çıkış
sheet-arrive = Varış
sheet-km = mesafe (km)
sheet-stay = Kalış
sheet-with = Kiminle
sheet-handover = Devir
sheet-checked-in = Bildirildi
sheet-base = üs
sheet-later = { $clock } (+{ $days } gün)
mode-joint = ortak
mode-coordinated = eşgüdümlü
mode-separate = ayrı
why-other_side = nokta, tarafından bakıldığında hattın üzerinde ya da ötesindedir
why-near_line = nokta, hattın hata payından, bırakılan pay kadar, hatta daha yakındır
why-no_team = tarafının ekibi ya da bu günlerde vardiyası yoktur
why-no_language = tarafının hiçbir ekibi orada istenen dili konuşmaz
why-hazard = nokta, sınır kadar ya da daha tehlikeli bir arazidedir
why-cut_off = hiçbir üsten oraya, kendi yanında ve tehlikeden uzak kalan bir yol yoktur
why-too_far = gidiş, ziyaret ve dönüş bütün vardiyalardan uzun sürer
why-interval_too_short = vardiyalar arasındaki ara, aralığından uzundur
why-alone = öbür tarafın hiçbir ekibi aynı anda orada olamazdı
why-time = ekiplerin süresi yetmedi
weekday-1 = Pazartesi
weekday-2 = Salı
weekday-3 = Çarşamba
weekday-4 = Perşembe
weekday-5 = Cuma
weekday-6 = Cumartesi
weekday-7 = Pazar
