### Bir değerlendirmenin gerekçeleri, cümle olarak. Çoğul gerektiren sayılar sayı olarak, kalanı metin olarak gelir.

## Zaman
begins-later = Bu hüküm ancak { $day } tarihinde yürürlüğe giriyordu; henüz yerine getirilecek bir şey yoktu.
ended = Kendi hükmüne göre { $day } tarihine kadar yürürlükteydi.
deadline-ahead = Son tarih { $day } idi (saat dilimi: { $clock }); sorulan tarihten { $days ->
    [0] bir günden az
    [one] { $days } gün
   *[other] { $days } gün
 } sonra.
deadline-grace = Son tarih { $day } idi; mutabakat { $last } tarihine kadar süre tanıdı.
deadline-passed = Son tarih { $day } günü geçti (saat dilimi: { $clock }).
deadline-unknown = Süre, henüz tarihi olmayan bir olaydan başlıyordu: { $anchor }.
holds-since = Bu hüküm { $day } tarihinden itibaren yürürlükteydi.
no-start = Metin, bunun ne zaman yürürlüğe girdiğini belirtmez.
no-deadline = Metin bir son tarih belirtmez.

## Bildirilenler
breach-reports = { $reports ->
    [one] { $reports } bildirim bir ihlalden söz etti
   *[other] { $reports } bildirim bir ihlalden söz etti
 } (olay: { $incidents }, bağımsız kaynak: { $voices }); birleşik olasılık { $probability } idi.
ceiling-reports = { $reports ->
    [one] O gün için { $reports } sayım bildirildi.
   *[other] O gün için { $reports } sayım bildirildi.
 }
weapons-seen = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bu tür silahların bölgede bulunduğunu belirtti; en az birinin doğru olma olasılığı { $probability } idi.
forces-seen = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bu tür güçlerin bölgede bulunduğunu belirtti; en az birinin doğru olma olasılığı { $probability } idi.
departure-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } çekilmenin tamamlandığını belirtti; en az birinin doğru olma olasılığı { $probability } idi.
stored-reports = Beyan edilen envanterin tamamının depoda olduğu bildirildi; bunun doğru olma olasılığı { $probability } idi.
done-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bunun yapıldığını belirtti; en az birinin doğru olma olasılığı { $probability } idi.
undone-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } bunun yapılmadığını belirtti; en az birinin doğru olma olasılığı { $probability } idi.
zone-agreed = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } tarafların bölge üzerinde anlaştığını belirtti; en az birinin doğru olma olasılığı { $probability } idi.
designation-reports = { $reports ->
    [one] { $reports } grup belirlemesi
   *[other] { $reports } grup belirlemesi
 } kayıtlıydı; en az birinin doğru olma olasılığı { $probability } idi.
patrol-reports = { $reports ->
    [one] { $reports } devriye
   *[other] { $reports } devriye
 } bildirildi; bir devriyenin bildirilmesi henüz onun kanıtı değildir. En az birinin doğru olma olasılığı { $probability } idi.
verification-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } doğrulayıcıları görev başında gösterdi; en az birinin doğru olma olasılığı { $probability } idi.
route-open-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } yolun açık olduğunu belirtti; en az birinin doğru olma olasılığı { $probability } idi.
route-closed-reports = { $reports ->
    [one] { $reports } bildirim
   *[other] { $reports } bildirim
 } yolun açık olmadığını belirtti; en az birinin doğru olma olasılığı { $probability } idi.
one-report = { $source }, { $day } için şunu bildirdi: { $what }, { $place }, taraf: { $who }; bunun burada sayılma olasılığı { $probability } idi.
one-report-author-unknown = { $source }, { $day } için şunu bildirdi: { $what }, { $place }; sorumlu olarak kimsenin adı verilmedi. Bunun burada sayılma olasılığı { $probability } idi.
one-report-place-uncertain = { $source }, { $day } için şunu bildirdi: { $what }, { $place }, taraf: { $who }; yer ancak { $error_km } km duyarlıkla biliniyordu, bu yüzden { $inside } olasılıkla şu bölgenin içindeydi: { $area }; bunun burada sayılma olasılığı { $probability } idi.
place-not-given = yer belirtilmemiş
author-unknown = bilinmiyor
nobody-named = yok
day-span = { $first } – { $last }
no-reports-due = Bunun yapıldığını ya da yapılmadığını belirten bir bildirim yoktu; sessizlik ikisi de değildir.
no-reports-yet = İlerlemeye ilişkin kayıtlı bir bildirim yoktu.
no-rule = Bu hüküm hakkında karar verebilecek bir kural yoktur; { $count ->
    [0] hiçbir bildirim ondan söz etmedi
    [one] { $count } bildirim ondan söz etti
   *[other] { $count } bildirim ondan söz etti
 }.
relapse = Bu yapılmıştı; { $day } tarihinden sonra artık geçerli değildi.
statements = Yükümlü olanların { $count ->
    [one] { $count } açıklaması
   *[other] { $count } açıklaması
 } kayıtlıydı; bir açıklama davranış sayılmaz.

## Ne kadar kesin
finding-possible = Bu, bulguyu olanaklı kıldı; doğrulanmış bir bulgu için en az { $threshold } gerekir.
finding-probable = Bu, bulguyu olası kıldı; doğrulanmış bir bulgu için en az { $threshold } gerekir.
finding-needs-sources = Bu yeterli olurdu; ancak doğrulanmış bir bulgu için { $needed } bağımsız kaynak gerekir; { $sources ->
    [0] hiçbiri onu tek başına desteklemedi
    [one] yalnızca { $sources } kaynak destekledi: { $names }
   *[other] yalnızca { $sources } kaynak destekledi: { $names }
 }.
finding-confirmed = { $sources ->
    [one] { $sources } bağımsız kaynak destekledi
   *[other] { $sources } bağımsız kaynak destekledi
 }: { $names }. Bulgu doğrulandı.

## Kim gözledi
looked-saw = Gözlemciler ({ $observers }) yaklaşık { $hours } saat oradaydı.
looked-saw-nothing = Gözlemciler ({ $observers }) yaklaşık { $hours } saat oradaydı ve bu türden bir şey görmedi.
nobody-looked = Kayıtlı gözlem saati yoktu: hiçbir şeyin görülmemesi, hiçbir şeyin olmadığı anlamına gelmez.
access-refused = Erişim { $count ->
    [one] { $count } kez
   *[other] { $count } kez
 } reddedildi ya da geciktirildi.

## Yerler
area-not-drawn = Şu bölgenin sınırını kimse çizmemişti, bu yüzden yer tek başına az şey ifade ediyordu: { $area }.
area-approximate = Şu bölgenin sınırı ancak yaklaşık { $km } km duyarlıkla biliniyordu: { $area }.

## Metin
condition = Metin, yerine gelip gelmediğini hiçbir bildirimin göstermediği bir koşul koyar: { $text }
exemption = Metin şunu istisna tutar: { $text }
altitude-unjudged = Metin, hiçbir bildirimin vermediği yüksekliklerden söz eder; bu, olasılığı düşürdü.
negated = Metin bunu yasaklar; yapıldığına dair bir bildirim aleyhte sayılır.
depends-on = Bu, “{ $provision }” hükmüne bağlıydı; onun durumu: { $status }.
objection = { $day } tarihli resmî bir itiraz geçerliliğini koruyordu (taraf: { $who }).
objection-formal = { $who } resmen itiraz etti; konu: { $about } ({ $day }, { $signed ->
    [yes] kendi anahtarıyla imzalı
   *[no] { $author } kaydetti; bildiren: { $who }
 }{ $document ->
    [none] {""}
   *[other] ; belge: { $document }
 }): “{ $reason }”.
doubt = { $who } kuşku belirtti; konu: { $about } ({ $day }): “{ $reason }”. Hiçbir taraf itiraz etmediğinden bu, durumu değiştirmedi.
position-support = { $who } görüşünü korudu; konu: { $about } ({ $day }, { $signed ->
    [yes] kendi anahtarıyla imzalı
   *[no] { $author } kaydetti; bildiren: { $who }
 }{ $document ->
    [none] {""}
   *[other] ; belge: { $document }
 }): “{ $reason }”.
objection-withdrawn = { $who } bir tutum almıştı (konu: { $about }) ve bunu { $day } tarihinde geri çekti.
without-objection = İtiraz olmasaydı kanıtlara göre durum şu olurdu: { $status }; olasılık { $probability }.
dispute-of-report = { $source } kaynağının { $day } bildirimi ({ $what }, { $place }, taraf: { $who })
dispute-of-finding = bir soruşturmanın bulgusu
case-open = Bu konuda henüz bulguya varmamış bir dosya açıktı: { $case }.
case-finding = { $case } dosyasının soruşturması { $day } tarihinde şu bulguya vardı (değerlendirme { $rating }): { $result }.
finding-result-confirmed = iddia doğrulandı
finding-result-not-confirmed = iddia doğrulanmadı
finding-result-inconclusive = iddia ne doğrulandı ne çürütüldü
dispute-of-status = bu yükümlülüğün durumu
not-every-party = Her taraf için gösterilmiş değildi: { $parties }.

## Silahlar
ledger = Dökümde beyan edilen { $declared }, depolanan { $stored }, son tarihten sonra bölgede görülen { $seen }, depolarından eksik olduğu bildirilen { $missing } silah vardı.
ledger-undeclared = Envanter beyan edilmedi; depolanan { $stored }, son tarihten sonra bölgede görülen { $seen }, depolarından eksik olduğu bildirilen { $missing } silah vardı.

## Gruplar
list-in-force = O tarihte ortak listede bulunanlar: { $groups }.
list-empty = Ortak listede hiçbir grup yoktu: hiçbiri, anlaşması gerekenlerin tamamınca belirlenmemişti.
named-by-text = Metnin kendisi şunların adını verir: { $groups }.
designation-missing = { $group } listede değildi: bilindiği kadarıyla şu taraf onu belirlememişti: { $missing } (tümü için olasılık: { $probability }).

## Bölge
zone-not-agreed = Tarafların şu bölgenin hatları üzerinde anlaştığını belirten bir bildirim yoktu: { $area }.
zone-agreed-partly = Hatlar üzerinde herkesin anlaştığı bilinmiyordu: eksik olan { $missing } (tümü için olasılık: { $probability }).
zone-confirmed = Kullanımdaki biçimi ({ $area }) imzalaması gereken herkes imzalamıştı: { $signed }.
zone-changed = Kullanımdaki biçim ({ $area }) daha önce herkesin imzaladığı değildi; henüz imzalaması gereken: { $missing }.
zone-disputed = { $objecting }, kullanımdaki biçime ({ $area }) imzasıyla itiraz etti.
zone-partly = Kullanımdaki biçimi ({ $area }) imzalayan: { $signed }; imzalamayan: { $missing }.
zone-unconfirmed = Kullanımdaki biçimi ({ $area }) imzalaması gerekenlerden hiçbiri imzalamamıştı.
zone-needs = Bölge için şu hükmün yerine gelmesi gerekiyordu: “{ $provision }”. Onun durumu: { $status }.

## Devriyeler
patrols-promised = O tarihe kadar yaklaşık { $promised } devriye taahhüt edilmişti; bildirimler, en az devriyesi olan taraf için { $reported } devriyeyi olası kıldı.
patrols-missing = Şu tarafın hiçbir devriyesi bildirilmedi: { $missing }.
patrols-by = Bildirilenlere göre { $who }, { $probability } olasılıkla devriye yaptı.
patrols-proven = Bildirilen devriyelerden { $count ->
    [one] { $count } tanesi
   *[other] { $count } tanesi
 } iz kayıtlarıyla gösterildi.
patrols-joint = Metin, devriyelerin ortak olmasını ister; bir bildirim, öyle olup olmadıklarını göstermez.
patrols-coordinated = Metin, devriyelerin eşgüdümlü olmasını ister; bir bildirim, öyle olup olmadıklarını göstermez.
patrols-refused = Devriyeler { $count ->
    [one] { $count } kez
   *[other] { $count } kez
 } geri çevrildi.

## Yollar
last-open = Yolun açık olduğuna dair son bildirim { $day } tarihliydi, sorulan tarihten { $days ->
    [one] { $days } gün
   *[other] { $days } gün
 } önce.
last-closed = Yolun açık olmadığına dair son bildirim { $day } tarihliydi, sorulan tarihten { $days ->
    [one] { $days } gün
   *[other] { $days } gün
 } önce.
route-control = Bildirimlere göre { $day } tarihinden itibaren yol boyunca denetim şu taraftaydı: { $who }; yolu kimin tuttuğu, geçişin yeniden sağlanıp sağlanmadığını göstermez.
route-criteria = Metin şunu ister: { $text }
route-no-criteria = Metin ölçüt belirtmiyor; yol baştan sona açık olduğunda güzergâh yeniden açılmış sayılır.
route-no-word = Yolun açık olup olmadığını belirten kayıtlı bir bildirim yoktu.
route-passage = Yolun tamamı { $p_open } olasılıkla açık, bir yerinde { $p_closed } olasılıkla kapalıydı; uzunluğunun %{ $open_share } kadarının açık, %{ $closed_share } kadarının kapalı olduğu biliniyordu.
route-block = { $what }, { $near }, { $day } tarihinden itibaren: yolun { $first } ile { $last } kilometreleri arasında bir yerde; bunun doğru olma ve hâlâ sürme olasılığı { $probability } idi.
route-block-whole = { $what }, { $near }, { $day } tarihinden itibaren: yolun tamamı için söylendi; bunun doğru olma ve hâlâ sürme olasılığı { $probability } idi.
route-blocks-more = { $count ->
    [one] Geçerliliğini koruyan { $count } kapanma bildirimi daha vardı.
   *[other] Geçerliliğini koruyan { $count } kapanma bildirimi daha vardı.
 }
route-turns = Bildirilenlere göre durum { $count ->
    [one] { $count } kez
   *[other] { $count } kez
 } değişti, son olarak { $day } tarihinde.
route-quiet = { $days ->
    [0] Yol üzerinde olmuş olabilecek son şiddet olayı aynı gündeydi.
    [one] Yol üzerinde olmuş olabilecek son şiddet olayı { $days } gün önceydi.
   *[other] Yol üzerinde olmuş olabilecek son şiddet olayı { $days } gün önceydi.
 }
route-never-incident = Metnin yürürlükte olduğu { $days ->
    [one] { $days } gün
   *[other] { $days } gün
 } içinde yol üzerinde hiçbir şiddet olayı bildirilmedi; kimsenin bildirmemiş olması, olmadığını göstermez.
route-detour-free = Hiçbir yer kapalı olmasaydı iki ucu arasındaki en hızlı yol { $minutes } dk ({ $km } km) sürerdi; bu yolun tamamı { $probability } olasılıkla açıktı.
route-detour = En az “olası” eşiği kadar olasılıkla açık olan en hızlı yol { $minutes } dk ({ $km } km) sürüyordu, { $extra } dk daha uzundu; { $probability } olasılıkla açıktı.
route-detour-none = Uçları arasında { $wanted } veya daha yüksek olasılıkla açık olan bir yol yoktu.
route-detour-beside = Temas hattını geçmeden böyle en hızlı yol { $minutes } dk ({ $km } km) sürüyordu, { $extra } dk daha uzundu; { $probability } olasılıkla açıktı.
route-detour-beside-none = Temas hattını geçmeden { $wanted } veya daha yüksek olasılıkla açık olan bir yol yoktu.
route-detour-no-road = Yol haritasında uçları arasında { $vehicle } türünden bir araç için yol yoktu.
route-detour-off = Dolambaçlı yol hesaplanmadı: { $why }.
route-detour-synthetic = Bu süreler sentetik bir yol haritasındandır: yöntemi gösterir, arazi hakkında bir şey söylemez.
route-approximate = Yol ancak { $km } km duyarlıkla çizilmişti.

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
ceiling-counts = En çok { $maximum } ({ $unit }) izinliydi; bir gün için bildirilen en yüksek sayı { $highest }, üst sınırın aşılmış olma olasılığı { $probability } idi.
unit-men = kişi
unit-weapons = silah

## Durumlar
status-not-due = vadesi gelmedi
status-in-progress = sürüyor
status-met = yerine getirildi
status-met-late = geç yerine getirildi
status-overdue = vadesi geçti
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
