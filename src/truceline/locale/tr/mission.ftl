### Bir gözlem misyonunun raporu: günlük, haftalık, aylık ya da imzadan bu yana.
### Sayılar, tarihler ve adlar metin olarak, dile göre yazılmış hâlde gelir; `count` çoğul için sayıdır.

## Baş
title-day = Günlük rapor
title-week = Haftalık rapor
title-month = Aylık rapor
title-all = İmzadan bu yana rapor
period = Rapor dönemi
period-before = Önceki dönem
period-days = { $span } ({ $count ->
    [one] { $shown } gün
   *[other] { $shown } gün
 })
edition = Baskı
edition-public = Kamuya açık baskı
edition-parties = Taraflar için baskı
edition-internal = İç baskı: başkasına verilmez
cutoff = Veri kesim anı
cutoff-value = { $instant } itibarıyla kaydedilmiş olanlar
data-current = Bildirilen son olay
time-zone = Saat dilimi
time-zone-value = { $zone ->
    [UTC] Günler ve saatler eşgüdümlü evrensel saate göredir ({ $zone })
   *[other] Günler ve saatler şu kente göredir: { $city } ({ $zone })
 }
accord-version = Mutabakat
report-id = Bu raporun tanımlayıcısı
running = { $title }, { $span }
page-of = Sayfa { $page } / { $pages }
contents = İçindekiler
made-by = Hazırlayan: { $generator }. Aynı kayıt, tarih ve kesim anı, bayt bayt aynı dosyayı verir.
identifiers-hint = Her sayının bir tanımlayıcısı vardır. Aşağıdaki komut, sayının nasıl ve hangi bildirimlerden elde edildiğini gösterir; REF yerine sayının yanındaki tanımlayıcı yazılır.
neutral = Bu rapor bildirilenleri ve görülenleri anlatır. Taraf tutmaz. Taraflar ve gruplar mutabakatın verdiği adlarla anılır. Haritalardaki adlar ve sınırlar, herhangi bir toprağın statüsü hakkında görüş bildirmez.
column-ref = Tanımlayıcı
none-in-period = Dönem içinde bildirim yapılmadı.
withheld-public = Bu baskı, yetki matrisinin kamudan sakladıklarını içermez: kimin bildirdiği, kesin yerler ({ $degrees } derecelik hücreler olarak verilmiştir), gizli sunumlar, silah dökümü ve kesim anından önceki { $hours } saat içinde kaydedilenler.
withheld-parties = Bu baskı, yetki matrisinin tarafların tümünden sakladıklarını içermez: kimin bildirdiği, kesin yerler ({ $degrees } derecelik hücreler olarak verilmiştir), gizli sunumlar ve silah dökümü.
section-withheld = Bu baskıda bu bölüm yoktur.
synthetic-warning = { $count ->
    [one] Bu baskıdaki { $shown } bildirim sentetiktir: yöntemi göstermek için uydurulmuştur, kimsenin davranışı hakkında bir şey söylemez.
   *[other] Bu baskıdaki { $shown } bildirim sentetiktir: yöntemi göstermek için uydurulmuştur, kimsenin davranışı hakkında bir şey söylemez.
 }
untranslated = Kaynakların ve mutabakatın sözleri, yazıldıkları dilde verilmiştir.

## Bölümler
section-summary = Özet
section-violations = Bildirilen ateşkes ihlalleri
section-weapons = Silahların çekilmesi
section-zone = Bölge ve derinliği
section-groups = Grupların belirlenmesi
section-movement = Devriyeler ve hareket serbestisi
section-routes = Ulaşım yolları
section-obligations = Yükümlülükler
section-disputes = İhtilaflar
section-method = Yöntem, kaynaklar ve belirsizlik
section-effort = Neyin gözlenebildiği, neyin gözlenemediği
section-log = Kayıt ve nasıl doğrulanacağı
section-incidents = Ek: dönemin olayları
term-demilitarized-zone = silahsızlandırılmış bölge
term-line-of-contact = temas hattı
term-heavy-weapons = ağır silahlar
term-freedom-of-movement = hareket serbestisi
term-de-escalation-area = gerginliği azaltma bölgesi

## Özet
summary-incidents = { $count ->
    [0] Dönem içinde hiçbir askerî eylem olayı bildirilmedi.
    [one] Dönem içinde { $shown } askerî eylem olayı { $reports } bildirimde bildirildi.
   *[other] Dönem içinde { $shown } askerî eylem olayı { $reports } bildirimde bildirildi.
 }
summary-before = Önceki dönemde bu sayı { $before } idi: değişim { $change }.
summary-deaths = { $count ->
    [0] Bildirimlerde ölümden söz edilmedi.
    [one] Bildirimlerde { $shown } ölümden söz edildi.
   *[other] Bildirimlerde { $shown } ölümden söz edildi.
 }
summary-hours = Kaydedilen gözlem saati: { $hours }; gözlem yapılan gün: { $days } / { $period }.
summary-hours-before = Önceki dönemde gözlem saati { $before } idi.
summary-no-hours = Dönem içinde gözlem saati kaydedilmedi: hiçbir şeyin görülmemiş olması, hiçbir şeyin olmadığı anlamına gelmiyordu.
summary-access = { $count ->
    [0] Erişimin reddedildiği ya da geciktirildiği bildirilmedi.
    [one] Erişim { $shown } kez reddedildi ya da geciktirildi.
   *[other] Erişim { $shown } kez reddedildi ya da geciktirildi.
 }
summary-statuses = Yükümlülük sayısı { $total }: { $list }.
summary-status = { $number } { $status }
summary-changed = { $title }: dönemin başında { $before }, sonunda { $now }.
summary-unchanged = Dönem içinde hiçbir yükümlülüğün durumu değişmedi.
summary-published = { $publication } ({ $day }) yayınından bu yana { $count ->
    [0] hiçbir yükümlülüğün durumu ya da olasılığı değişmedi.
    [one] { $shown } yükümlülüğün durumu ya da olasılığı değişti.
   *[other] { $shown } yükümlülüğün durumu ya da olasılığı değişti.
 }
summary-published-change = { $title }: önce { $before } ({ $p_before }), şimdi { $now } ({ $p_now }).
summary-disputes = { $count ->
    [0] Süren resmî ihtilaf yoktu.
    [one] Süren { $shown } ihtilaf vardı.
   *[other] Süren { $shown } ihtilaf vardı.
 }

## İhlaller
violations-table = Bölgeye ve türe göre askerî eylem olayları
violations-hint = Bir olay, hakkında kaç bildirim olursa olsun bir kez ve yerinin bulunma olasılığının bulunmama olasılığından yüksek olduğu her bölgede sayılır; bölgeler örtüştüğünden sayıları toplanmaz. Bildirilen henüz doğrulanmış değildir: neyin saptandığını yükümlülükler bölümü gösterir.
violations-fall = Bildirilen olaylardaki bir düşüş, çizelgenin altındaki gözlem saatleriyle birlikte okunmalıdır, asla tek başına değil.
violations-chart = Güne göre olaylar ve gözlem saatleri
violations-chart-alt = Çizelge: dönemin her günü için bildirilen askerî eylem olayları ve gözlem saatleri. Sayılar tabloda ve ekte yer alır.
area-all = Tüm yerler
area-elsewhere = Başka yerde ya da yeri bir bölgeye bağlanamayacak kadar belirsiz
area-no-place = Yer belirtilmemiş
kind-all = Tüm türler
column-area = Bölge
column-kind = Tür
column-now = Bu dönem
column-before = Önceki dönem
column-change = Değişim
column-reports = Bildirim
column-deaths = Bildirilen ölüm
column-synthetic = Sentetik olanlar
chart-incidents = Olaylar
chart-hours = Gözlem saatleri
map-all = Dönemin bildirilen olayları
map-area = Bildirilen olaylar, bölge: { $area }
map-route = Bildirilen olaylar, yol: { $route }
map-alt = Harita: { $title }. { $count ->
    [one] { $shown } olay çizildi
   *[other] { $shown } olay çizildi
 }; her biri, gerçek yerini %95 olasılıkla içeren daire olarak.
map-caption = { $title }. İzdüşüm: transversal Mercator, merkez { $lat }, { $lon } (WGS 84). { $credits }
map-credits = Sınırlar ve yerleşimler: { $credits }.
map-scale = { $km } km
map-error = gerçek yeri %95 olasılıkla içerir
map-zone-inner = derinliğin her yorumunda kesinlikle bölgede
map-zone-outer = bölgede olabilir
map-zone-plain = mutabakattaki bölge
map-line = temas hattı
map-band = hattın geçebileceği yer
map-route-key = yol
map-violent = askerî eylem
map-access = erişim reddi ya da gecikmesi
map-patrol = bildirilen devriye

## Silahlar
weapons-table = Silah dökümü
weapons-hint = Sahibince beyan edilen; depoda bulunan ya da ayrılışı doğrulanan; son tarihten sonra bölgede görülen; deposundan eksik olduğu bildirilen; beyan edilip bir daha haber alınamayan.
weapons-none = Mutabakat silah çekilmesi öngörmez ya da beyan edilen, depolanan veya görülen silah bildirilmemiştir.
column-party = Taraf
column-class = Sınıf
column-declared = Beyan edilen
column-stored = Depolanan
column-left = Ayrılışı doğrulanan
column-seen = İhlal hâlinde görülen
column-missing = Eksik
column-unaccounted = Haber alınamayan

## Bölge
zone-verdict = Sonuç
zone-chart = Derinlik: { $zone }; hat: { $line }
zone-chart-alt = Çizelge: ölçülen derinlik ({ $zone }), hat boyunca ({ $line }), taahhüt edilen derinlikle karşılaştırmalı. Sayılar yukarıdadır.
zone-none = Mutabakat, derinliği denetlenebilecek bir bölge öngörmedi.

## Gruplar
groups-table = Herhangi bir tarafça belirlenen gruplar
groups-none = Hiçbir taraf bir grup belirlemedi.
column-group = Grup
column-listed = Ortak listede
column-missing-consent = Onayı eksik olan
column-probability = Olasılık
listed-yes = evet
listed-no = hayır

## Devriyeler ve hareket
patrols-table = Dönemin devriyeleri
patrols-hint = Bildirilen bir devriye henüz kanıtlanmış değildir; onu iz kayıtları kanıtlar. Sessizlik ihlal değildir.
column-reported = Bildirilen
column-announced = Duyurulan
column-refused = Geri çevrilen
party-unnamed = taraf adı verilmemiş
access-table = Hareket serbestisi: gözlemcilerin ya da devriyelerin geri çevrildiği veya geciktirildiği durumlar
access-none = Dönem içinde hareket serbestisinin kısıtlandığı bildirilmedi. Kimsenin geçmeye çalışmadığı yerde bildirilecek bir şey olamazdı.
column-number = No.
column-when = Tarih
column-what = Olay
column-where = Yer
column-by = Kim
place-cell = şu noktanın çevresindeki hücre: { $place }
place-none = yer belirtilmemiş

## Yollar
routes-none = Mutabakat bir ulaşım yolu öngörmedi.

## Yükümlülükler
obligations-table = Her yükümlülüğün dönem sonundaki durumu
obligations-hint = Olasılık, durumun ifade ettiği şeyin olasılığıdır. Durumlar ve eşikler yöntem bölümünde açıklanır.
column-obligation = Yükümlülük
column-status = Durum
column-status-before = Başta
column-due = Son tarih
column-hours = Gözlem saati
due-none = yok
reasons = Gerekçeler
reasons-withheld = { $count ->
    [one] { $shown } gerekçe, kaynak ya da yer adı verdiği için bu baskıya alınmadı.
   *[other] { $shown } gerekçe, kaynak ya da yer adı verdiği için bu baskıya alınmadı.
 }
reading-matters = Durum, metnin nasıl okunduğuna bağlıydı: { $questions }
probability-of = { $status }; olasılık { $probability }; yerine getirildi { $fulfilled }, ihlal edildi { $breached }

## İhtilaflar
disputes-none = Kayıtlı ihtilaf yoktu.
dispute-about = Konu: { $title }
dispute-observation = { $day } tarihli bir bildirim ({ $what })
dispute-finding = { $case } dosyasının bulgusu
stand-dispute = { $party }, { $day } tarihinde itiraz etti{ $signed ->
    [yes] , kendi anahtarıyla imzalı
   *[no] {""}
 }.
stand-support = { $party }, { $day } tarihinde bunu savundu{ $signed ->
    [yes] , kendi anahtarıyla imzalı
   *[no] {""}
 }.
stand-undispute = { $party }, { $day } tarihinde tutumunu geri çekti{ $signed ->
    [yes] , kendi anahtarıyla imzalı
   *[no] {""}
 }.
stand-reason = Gösterilen neden: “{ $reason }”
author-position = misyonun bir analisti
one-sided = Başka hiçbir taraf tutum almadı.
cases-table = Soruşturulan dosyalar

## Gözlem
effort-table = Bölgeye göre gözlem saatleri
effort-hint = Kimsenin gözlem yapmadığı yerde hiçbir şey görülemezdi. Sıfır saatin yanında sıfır olay bir bulgu değildir.
column-days = Gözlem yapılan gün
column-posts = Nokta ya da yer
column-hours-now = Saat, bu dönem
column-hours-before = Saat, önceki dönem
effort-access = { $count ->
    [0] Bildirildiği kadarıyla dönem içinde hiçbir gözlemcinin erişimi reddedilmedi.
    [one] Gözlemciler ya da devriyeler { $shown } kez geri çevrildi veya geciktirildi (hareket serbestisi bölümüne bakınız).
   *[other] Gözlemciler ya da devriyeler { $shown } kez geri çevrildi veya geciktirildi (hareket serbestisi bölümüne bakınız).
 }
effort-unplaced = { $count ->
    [0] Dönemin her olayının bir yeri vardı.
    [one] Dönemin { $shown } olayının çizilebilecek bir yeri yoktu.
   *[other] Dönemin { $shown } olayının çizilebilecek bir yeri yoktu.
 }

## Yöntem
method-counting = Bir olay, hakkındaki ilk bildirime göre başladığı döneme aittir; { $zone ->
    [UTC] takvim eşgüdümlü evrensel saate göredir
   *[other] takvim şu kente göredir: { $city }
 }. Bir olaya ilişkin bildirimler yere, zamana, türe ve aktörlere göre birleştirildi; insanların karar verdiği bağlar, hesaplananlardan önce gelir.
method-place = Her bildirim, gerçek yerini %95 olasılıkla içeren daire olarak yerleştirildi. Kenarı belirsiz bölgeler ve yalnızca bir kuşağı bilinen hatlar her yerde belirsiz sayıldı.
method-unseen = Sayılar yalnızca bildirilenleri gösterir. Kimsenin görmediği, duymadığı ya da iletmediği şeyler bu sayılarda yoktur.
method-languages = Bu raporun öteki dillerdeki metinleri aynı olgulardan hazırlanmıştır; ifadelerin ayrıştığı yerde sayılar esas alınır.
sources-table = Dönemin kaynakları ve değerlendirmeleri
column-source = Kaynak
column-rating = Değerlendirme
inputs-table = Bu raporun dayandığı dosyalar
column-file = Dosya
column-rows = Satırlar
column-digest = SHA-256

## Kayıt defteri
log-hint = Her gözlem, düzeltme ve yayın, yalnızca sonuna ekleme yapılabilen bir kayıt defterinin (Merkle ağacı) yaprağıdır. Aşağıdaki imzalı başlığı elinde tutan, hiçbir şeyin değiştirilmediğini ya da çıkarılmadığını sonradan kanıtlayabilir.
log-origin = Kayıt defteri
log-size = Kayıt sayısı
log-root = Kök
log-key = Kayıt defterinin anahtarı
log-head = İmzalı başlık
log-verify = Kayıt eldeyken ya da bir kanıt ve tek başına çalışan doğrulayıcıyla tek bir kayıt için doğrulama:
log-unsigned = Başlık imzalı değildir: çalışma klasöründe kaydı tutan büronun anahtarı yoktur.
log-none = Kayıt defterinin henüz başlığı yoktur.

## Ek
incidents-table = Olaylar, her birinin ilk bildirimi
incidents-omitted = { $count ->
    [one] Yukarıda sayılan { $shown } olay daha burada listelenmemiştir.
   *[other] Yukarıda sayılan { $shown } olay daha burada listelenmemiştir.
 }
column-tells = Bildirim

## Rakamların nasıl sayıldığı (explain için)
how-violations = Dönem içinde başlayan ve yerinin bölgede olma olasılığı olmama olasılığından yüksek olan askerî eylem olayları; her olay bir kez.
how-reports = Bu olaylardan söz eden bildirimler.
how-deaths = Bir olayın herhangi bir bildiriminde verilen en yüksek ölüm sayısı, olaylar üzerinden toplanmış.
how-before = Önceki dönem için aynı sayım.
how-change = Bu dönemin sayısından önceki dönemin sayısı çıkarılmış.
how-patrols = Dönem içinde bildirilen, duyurulan ya da geri çevrilen devriyeler, bildirimlerde adı geçen tarafa göre; her biri bir kez.
how-access = Gözlemcilerin ya da devriyelerin erişiminin reddedildiğine, geciktirildiğine veya bunların geri çevrildiğine dair dönem içindeki bildirimler.
how-hours = Dönem ve bölge için gözlem bildirimlerinde verilen saatler, toplanmış.
how-days = Dönemin, bölgede gözlem yapılan takvim günleri.
how-posts = Dönem içinde bölgede gözlem yapılan farklı noktalar ya da yerler.
how-weapons = Yükümlülüğün dönem sonundaki dökümünden: her silah bir kez.
how-probability = Dönem sonundaki değerlendirmeden, raporda adı verilen kural kümesine göre.
how-statuses = Dönem sonunda bu durumda olan yükümlülükler.
how-zone = Bölgenin hattı boyunca denetiminden: derinlikler kilometre, hattın payı yüzde, alan kilometrekare olarak.
