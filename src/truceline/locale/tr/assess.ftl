### Bir değerlendirmenin gerekçeleri, cümle olarak. Çoğul gerektiren sayılar sayı olarak, kalanı metin olarak gelir.

## Zaman
begins-later = Bu hüküm { $day } tarihinden itibaren geçerlidir; henüz yerine getirilecek bir şey yoktur.
ended = Kendi hükmüne göre { $day } tarihine kadar geçerliydi.
deadline-ahead = Son tarih { $day } (saat dilimi: { $clock }); sorulan tarihten { $days ->
    [0] bir günden az
    [one] { $days } gün
   *[other] { $days } gün
 } sonra.
deadline-grace = Son tarih { $day } idi; mutabakat { $last } tarihine kadar süre tanır.
deadline-passed = Son tarih { $day } günü geçti (saat dilimi: { $clock }).
deadline-unknown = Süre, henüz tarihi olmayan bir olaydan başlar: { $anchor }.
holds-since = Bu hüküm { $day } tarihinden beri geçerlidir.
no-start = Metin, bunun ne zamandan itibaren geçerli olduğunu söylemez.
no-deadline = Metin bir son tarih vermez.

## Bildirilenler
breach-reports = { $reports ->
    [one] { $reports } bildirim bir ihlalden söz ediyor
   *[other] { $reports } bildirim bir ihlalden söz ediyor
 } (olay: { $incidents }, bağımsız kaynak: { $voices }); birleşik olasılık { $probability }.
ceiling-reports = { $reports ->
    [one] O gün için { $reports } sayım bildirildi.
   *[other] O gün için { $reports } sayım bildirildi.
 }
weapons-seen = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bu tür silahların bölgede bulunduğunu söylüyor; en az birinin doğru olma olasılığı { $probability }.
forces-seen = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bu tür güçlerin bölgede bulunduğunu söylüyor; en az birinin doğru olma olasılığı { $probability }.
departure-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } çekilmenin tamamlandığını söylüyor; en az birinin doğru olma olasılığı { $probability }.
stored-reports = Beyan edilen envanterin tamamının depoda olduğu bildirildi; bunun doğru olma olasılığı { $probability }.
done-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bunun yapıldığını söylüyor; en az birinin doğru olma olasılığı { $probability }.
undone-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bunun yapılmadığını söylüyor; en az birinin doğru olma olasılığı { $probability }.
zone-agreed = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } tarafların bölge üzerinde anlaştığını söylüyor; en az birinin doğru olma olasılığı { $probability }.
designation-reports = { $reports ->
    [one] { $reports } grup belirlemesi
   *[other] { $reports } grup belirlemesi
 } kayıtlıdır; en az birinin doğru olma olasılığı { $probability }.
patrol-reports = { $reports ->
    [one] { $reports } devriye
   *[other] { $reports } devriye
 } bildirildi; bir devriyenin bildirilmesi henüz onun kanıtı değildir. En az birinin doğru olma olasılığı { $probability }.
verification-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } doğrulayıcıları görev başında gösteriyor; en az birinin doğru olma olasılığı { $probability }.
route-open-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } yolun açık olduğunu söylüyor; en az birinin doğru olma olasılığı { $probability }.
route-closed-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } yolun açık olmadığını söylüyor; en az birinin doğru olma olasılığı { $probability }.
one-report = { $source }, { $day } için şunu bildiriyor: { $what }, { $place }, taraf: { $who }; bunun burada sayılma olasılığı { $probability }.
one-report-author-unknown = { $source }, { $day } için şunu bildiriyor: { $what }, { $place }; sorumlu olarak kimsenin adı verilmiyor. Bunun burada sayılma olasılığı { $probability }.
one-report-place-uncertain = { $source }, { $day } için şunu bildiriyor: { $what }, { $place }, taraf: { $who }; yer ancak { $error_km } km duyarlıkla biliniyor, bu yüzden { $inside } olasılıkla şu bölgenin içindedir: { $area }; bunun burada sayılma olasılığı { $probability }.
place-not-given = yer verilmemiş
author-unknown = bilinmiyor
nobody-named = yok
day-span = { $first } – { $last }
no-reports-due = Bunun yapıldığını ya da yapılmadığını söyleyen bir bildirim yoktur; sessizlik ikisi de değildir.
no-reports-yet = İlerlemeye ilişkin kayıtlı bir bildirim yoktur.
no-rule = Bu hüküm hakkında karar verebilecek bir kural yoktur; { $count ->
    [0] hiçbir bildirim ondan söz etmiyor
    [one] { $count } bildirim ondan söz ediyor
   *[other] { $count } bildirim ondan söz ediyor
 }.
relapse = Bu yapılmıştı; { $day } tarihinden sonra artık geçerli değildi.
statements = Yükümlü olanların { $count ->
    [one] { $count } açıklaması
   *[other] { $count } açıklaması
 } kayıtlıdır; bir açıklama davranış sayılmaz.

## Ne kadar kesin
finding-possible = Bu, bulguyu olanaklı kılar; doğrulanmış bir bulgu için en az { $threshold } gerekir.
finding-probable = Bu, bulguyu olası kılar; doğrulanmış bir bulgu için en az { $threshold } gerekir.
finding-needs-sources = Bu yeterli olurdu, ancak doğrulanmış bir bulgu için { $needed } bağımsız kaynak gerekir; { $sources ->
    [0] hiçbiri onu tek başına desteklemiyor
    [one] yalnızca { $sources } kaynak destekliyor: { $names }
   *[other] yalnızca { $sources } kaynak destekliyor: { $names }
 }.
finding-confirmed = { $sources ->
    [one] Bir bağımsız kaynak destekliyor
   *[other] { $sources } bağımsız kaynak destekliyor
 }: { $names }. Bulgu doğrulanmıştır.

## Kim gözledi
looked-saw = Gözlemciler ({ $observers }) yaklaşık { $hours } saat oradaydı.
looked-saw-nothing = Gözlemciler ({ $observers }) yaklaşık { $hours } saat oradaydı ve bu türden bir şey görmedi.
nobody-looked = Kayıtlı gözlem saati yoktur: hiçbir şeyin görülmemesi, hiçbir şeyin olmadığı anlamına gelmez.
access-refused = Erişim { $count ->
    [one] { $count } kez
   *[other] { $count } kez
 } reddedildi ya da geciktirildi.

## Yerler
area-not-drawn = Şu bölgenin sınırını kimse çizmemiştir, bu yüzden yer tek başına az şey söyler: { $area }.
area-approximate = Şu bölgenin sınırı ancak yaklaşık { $km } km duyarlıkla biliniyor: { $area }.

## Metin
condition = Metin, yerine gelip gelmediğini hiçbir bildirimin göstermediği bir koşul koyar: { $text }
exemption = Metin şunu istisna tutar: { $text }
altitude-unjudged = Metin, hiçbir bildirimin vermediği yüksekliklerden söz eder; bu, olasılığı düşürür.
negated = Metin bunu yasaklar; yapıldığına dair bir bildirim aleyhte sayılır.
depends-on = Bu, “{ $provision }” hükmüne bağlıdır; onun durumu: { $status }.
objection = { $day } tarihli resmî bir itiraz geçerliliğini koruyor (taraf: { $who }).
objection-formal = { $who } resmen itiraz ediyor; konu: { $about } ({ $day }, { $signed ->
    [yes] kendi anahtarıyla imzalı
   *[no] { $who } tarafının bildirdiği biçimde { $author } kaydetti
 }{ $document ->
    [none] {""}
   *[other] ; belge: { $document }
 }): “{ $reason }”.
doubt = { $who } kuşku belirtiyor; konu: { $about } ({ $day }): “{ $reason }”. Hiçbir taraf itiraz etmediğinden bu, durumu değiştirmez.
position-support = { $who } görüşünü koruyor; konu: { $about } ({ $day }, { $signed ->
    [yes] kendi anahtarıyla imzalı
   *[no] { $who } tarafının bildirdiği biçimde { $author } kaydetti
 }{ $document ->
    [none] {""}
   *[other] ; belge: { $document }
 }): “{ $reason }”.
objection-withdrawn = { $who } bir tutum almıştı (konu: { $about }) ve bunu { $day } tarihinde geri çekti.
without-objection = İtiraz olmasaydı kanıtlara göre durum: { $status }; olasılık { $probability }.
dispute-of-report = { $source } kaynağının { $day } bildirimi ({ $what }, { $place }, taraf: { $who })
dispute-of-finding = bir soruşturmanın bulgusu
case-open = Bu konuda henüz bulguya varmamış bir dosya açıktır: { $case }.
case-finding = { $case } dosyasının soruşturması { $day } tarihinde şu bulguya vardı (değerlendirme { $rating }): { $result }.
finding-result-confirmed = iddia doğrulandı
finding-result-not-confirmed = iddia doğrulanmadı
finding-result-inconclusive = iddia ne doğrulandı ne çürütüldü
dispute-of-status = bu yükümlülüğün durumu
not-every-party = Her taraf için gösterilmiş değildir: { $parties }.

## Silahlar
ledger = Dökümde beyan edilen { $declared }, depolanan { $stored }, son tarihten sonra bölgede görülen { $seen }, depolarından eksik olduğu bildirilen { $missing } silah vardır.
ledger-undeclared = Envanter beyan edilmedi; depolanan { $stored }, son tarihten sonra bölgede görülen { $seen }, depolarından eksik olduğu bildirilen { $missing } silah vardır.

## Gruplar
list-in-force = O tarihte ortak listede bulunanlar: { $groups }.
list-empty = Ortak listede hiçbir grup yoktur: hiçbiri, anlaşması gerekenlerin tamamınca belirlenmemiştir.
named-by-text = Metnin kendisi şunların adını verir: { $groups }.
designation-missing = { $group } listede değildir: bilindiği kadarıyla şu taraf onu belirlememiştir: { $missing } (tümü için olasılık: { $probability }).

## Bölge
zone-not-agreed = Tarafların şu bölgenin hatları üzerinde anlaştığını söyleyen bir bildirim yoktur: { $area }.
zone-agreed-partly = Hatlar üzerinde herkesin anlaştığı bilinmiyor: eksik olan { $missing } (tümü için olasılık: { $probability }).
zone-confirmed = Kullanımdaki biçimi ({ $area }) imzalaması gereken herkes imzaladı: { $signed }.
zone-changed = Kullanımdaki biçim ({ $area }) daha önce herkesin imzaladığı değildir; henüz imzalaması gereken: { $missing }.
zone-disputed = { $objecting }, kullanımdaki biçime ({ $area }) imzasıyla itiraz ediyor.
zone-partly = Kullanımdaki biçimi ({ $area }) imzalayan: { $signed }; imzalamayan: { $missing }.
zone-unconfirmed = Kullanımdaki biçimi ({ $area }) imzalaması gerekenlerden hiçbiri imzalamadı.
zone-needs = Bölge için şu hükmün yerine gelmesi gerekir: “{ $provision }”. Onun durumu: { $status }.

## Devriyeler
patrols-promised = O tarihe kadar yaklaşık { $promised } devriye taahhüt edilmişti; bildirimler, en az devriyesi olan taraf için { $reported } devriyeyi olası kılıyor.
patrols-missing = Şu tarafın hiçbir devriyesi bildirilmemiştir: { $missing }.
patrols-by = Bildirilenlere göre { $who } { $probability } olasılıkla devriye yapmıştır.
patrols-proven = Bildirilen devriyelerden { $count ->
    [one] { $count } tanesi
   *[other] { $count } tanesi
 } iz kayıtlarıyla gösterilmiştir.
patrols-joint = Metin bunların ortak olmasını ister; bir bildirim, öyle olup olmadıklarını göstermez.
patrols-coordinated = Metin bunların eşgüdümlü olmasını ister; bir bildirim, öyle olup olmadıklarını göstermez.
patrols-refused = Devriyeler { $count ->
    [one] { $count } kez
   *[other] { $count } kez
 } geri çevrildi.

## Yollar
last-open = Yolun açık olduğuna dair son bildirim { $day } tarihlidir, sorulan tarihten { $days } gün önce.
last-closed = Yolun açık olmadığına dair son bildirim { $day } tarihlidir, sorulan tarihten { $days } gün önce.
route-control = Bildirimlere göre { $day } tarihinden beri yol boyunca denetim { $who } elindedir; yolu kimin tuttuğu, geçişin yeniden sağlanıp sağlanmadığını göstermez.
route-criteria = Metin şunu ister: { $text }
route-no-criteria = Metin ölçüt belirtmiyor; yol baştan sona açık olduğunda güzergâh yeniden açılmış sayılır.
route-no-word = Yolun açık olup olmadığını söyleyen kayıtlı bir bildirim yoktur.
route-passage = Yolun tamamı { $p_open } olasılıkla açık, bir yerinde { $p_closed } olasılıkla kapalıdır; uzunluğunun %{ $open_share } kadarının açık, %{ $closed_share } kadarının kapalı olduğu biliniyor.
route-block = { $what }, { $near }, { $day } tarihinden beri: yolun { $first } ile { $last } kilometreleri arasında bir yerde; bunun doğru olma ve hâlâ sürme olasılığı { $probability }.
route-block-whole = { $what }, { $near }, { $day } tarihinden beri: yolun tamamı için söylenmiştir; bunun doğru olma ve hâlâ sürme olasılığı { $probability }.
route-blocks-more = { $count ->
    [one] Geçerliliğini koruyan { $count } kapanma bildirimi daha vardır.
   *[other] Geçerliliğini koruyan { $count } kapanma bildirimi daha vardır.
 }
route-turns = Bildirilenlere göre durum { $count ->
    [one] { $count } kez
   *[other] { $count } kez
 } değişti, son olarak { $day } tarihinde.
route-quiet = { $days ->
    [0] Yol üzerinde olabilecek son şiddet olayı aynı güne aittir.
    [one] Yol üzerinde olabilecek son şiddet olayı { $days } gün önceydi.
   *[other] Yol üzerinde olabilecek son şiddet olayı { $days } gün önceydi.
 }
route-never-incident = Metnin geçerli olduğu { $days } gün içinde yol üzerinde hiçbir şiddet olayı bildirilmedi; kimsenin bildirmemesi, olmadığını göstermez.
route-detour-free = Hiçbir yer kapalı olmasaydı iki ucu arasındaki en hızlı yol { $minutes } dk ({ $km } km) sürerdi; bu yolun tamamı şu anda { $probability } olasılıkla açık.
route-detour = Şu anda en az “olası” eşiği kadar olasılıkla açık olan en hızlı yol { $minutes } dk ({ $km } km) sürüyor, { $extra } dk daha uzun; { $probability } olasılıkla açık.
route-detour-none = Uçları arasında { $wanted } veya daha yüksek olasılıkla açık olan bir yol yok.
route-detour-beside = Temas hattını geçmeden böyle en hızlı yol { $minutes } dk ({ $km } km) sürüyor, { $extra } dk daha uzun; { $probability } olasılıkla açık.
route-detour-beside-none = Temas hattını geçmeden { $wanted } veya daha yüksek olasılıkla açık olan bir yol yok.
route-detour-no-road = Yol haritasında uçları arasında { $vehicle } türünden bir araç için yol yok.
route-detour-off = Dolambaçlı yol hesaplanmadı: { $why }.
route-detour-synthetic = Bu süreler sentetik bir yol haritasındandır: yöntemi gösterir, arazi hakkında bir şey söylemez.
route-approximate = Yol ancak { $km } km duyarlıkla çizilmiştir.

## Sentetik kanıt
synthetic-all = { $count ->
    [one] Burada listelenen { $count } bildirim sentetiktir
   *[other] Burada listelenen { $count } bildirimin tümü sentetiktir
 }: yöntemi göstermek için üretilmiştir ve kimsenin davranışı hakkında bir şey söylemez.
synthetic-some = Burada listelenen { $of } bildirimden { $count ->
    [one] { $count } tanesi sentetiktir
   *[other] { $count } tanesi sentetiktir
 }: yöntemi göstermek için üretilmiştir ve kimsenin davranışı hakkında bir şey söylemez.

## Üst sınırlar
ceiling-counts = En çok { $maximum } ({ $unit }) izinlidir; bir gün için bildirilen en yüksek sayı { $highest }, üst sınırın aşılmış olma olasılığı { $probability }.
unit-men = kişi
unit-weapons = silah

## Durumlar
status-not-due = vadesi gelmedi
status-in-progress = sürüyor
status-met = yerine getirildi
status-met-late = geç yerine getirildi
status-overdue = gecikmiş
status-unverified = doğrulanmadı
status-holding = sürdürülüyor
status-breached = ihlal edildi
status-disputed = ihtilaflı

## Kurallar, sözle
rule-formula = Her bildirim, çarpanlarının çarpımıyla sayılır. Tek bir kaynağın (ya da birbirini yineleyen kaynakların) bildirimleri olay başına bir kez ve birlikte, kaynağın sağlamlığından fazla olmamak üzere sayılır: P = c (1 - çarpım (1 - p / c)). Bağımsız kaynaklar daha sonra 1 - çarpım (1 - P) olarak birleştirilir.
rule-cessation = Adı geçen türden, o bölge ve zamanda, yükümlü tarafların (ve korunanlara karşı) yaptığı eylemler ihlaldir. Doğrulananlar durumu “ihlal edildi” yapar; hiçbir şeyin görülmediği gözlem saatleri “sürdürülüyor” yapar; aksi hâlde “doğrulanmadı”.
rule-zone = Bölge, hatları üzerinde anlaşması gereken herkes anlaştığında ve içindeki çekilmeler yapıldığında kurulmuş olur: P(kuruldu) = P(herkes anlaştı) x çekilmelerin en küçük P(yerine getirildi) değeri.
rule-weapons-withdrawal = Ayrılışlar, beyan edilen envanterin tamamının depolanması ve son tarihten sonra bölgede görülen bu sınıftan silahlar zaman sırasına konur; son doğru bildirim belirler. Son tarihten önce görülenin, günler geçtikçe azalan bir olasılıkla hâlâ orada olduğu kabul edilir.
rule-forces-withdrawal = Ayrılışlar ve son tarihten sonra bölgede görülen güçler zaman sırasına konur; son doğru bildirim belirler. Metnin adını verdikleri ile yürürlükteki ortak listede bulunanlar yükümlüdür.
rule-designation = Bir grup, anlaşması gereken her taraf onu belirlediğinde listededir: P(listede) = her birinin P(belirledi) değerlerinin çarpımı.
rule-patrols = P(yerine getirildi), yükümlü her tarafın devriye yapmış olma olasılığı ile taahhüt edilen sayının bildirilen payının çarpımıdır. Bildirim kanıt değildir, sessizlik de ihlal değildir.
rule-routes = Yolun açık olduğu ya da olmadığı yolundaki bildirimler zaman sırasına konur; son doğru olan belirler. Bir bildirim, yolun ya da iki ucunun adını veriyorsa, aksi hâlde yeri itibarıyla o yola aittir.
rule-verification = Adı geçen doğrulayıcıların kendi saatleri, devriyeleri ve bulgularıyla gösterilir.
rule-ceiling = Bir günün farklı yerlerdeki sayımları toplanır; üst sınır, en kesin günde gerçek sayıların toplamının onun üzerinde olması olasılığıyla aşılmıştır.
rule-restriction = Kuşakta ya da bölgede, yükümlü tarafların adı geçen türden eylemleri ya da adı geçen sınıftan silahları, ateşkeste olduğu gibi ihlaldir.
rule-other = Bunu hiçbir kural değerlendirmez; alıntısı ve adını anan bildirimlerle birlikte saklanır.
