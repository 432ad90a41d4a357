### Rapor sayfasının sözleri.
### Sayılar ve tarihler metin olarak, dile göre yazılmış hâlde gelir.

## Sayfanın ne olduğu
report-title = { $title }: rapor
report-kicker = Bir mutabakat hakkında rapor
report-lede = Mutabakatın neyi taahhüt ettiği, her taahhüdün seçilen tarihte ne durumda olduğu, bunun ne kadar kesin olduğu ve hangi bildirimlere dayandığı.
report-skip = Yükümlülüklere geç
report-no-script = Bu tarayıcı betik çalıştırmıyor. Tarih seçimi, yükümlülükler, metinler ve tablolar yine de çalışır; harita için betik gerekir, altındaki tablo aynı bildirimleri içerir.
report-generator = Hazırlayan: { $generator }

## Baştaki bilgiler
fact-signed = İmza
fact-status = Sürüm
fact-version = { $status }, sürüm { $version }
fact-time-zone = Saat dilimi
fact-data-current = Verilerin güncelliği
fact-known-at = Bilindiği an
fact-ruleset = Kural kümesi
fact-reading = Yorum
fact-reports = Bildirimler
fact-reading-adopted = mutabakatta benimsendiği gibi
fact-none = belirtilmemiş
accord-status-draft = taslak
accord-status-confirmed = onaylanmış
accord-status-superseded = yerini başkası almış

## Tarih seçimi
dates-legend = Şu tarihteki durum
dates-end-of = { $day } günü sonu
dates-hint = Seçilen tarih yükümlülükleri, haritayı ve zaman çizelgesini birlikte değiştirir.
serve-legend = Başka bir tarihi değerlendir
serve-label = Tarih
serve-button = Değerlendir

## Bölümler
nav-label = Sayfanın bölümleri
section-board = Yükümlülükler
section-map = Harita
section-timeline = Zaman çizelgesi
section-zones = Bölgeler
section-comparison = Taslak ve onaylanmış mutabakat
section-readings = Yorumlar
section-evidence = Kanıtlar
section-texts = Metinler
section-method = Yöntem ve sınırlar

## Durumlar
status-not_due = Vadesi gelmedi
status-in_progress = Sürüyor
status-met = Yerine getirildi
status-met_late = Geç yerine getirildi
status-overdue = Vadesi geçti
status-unverified = Doğrulanmadı
status-holding = Sürdürülüyor
status-breached = İhlal edildi
status-disputed = İhtilaflı
status-meaning-not_due = henüz yerine getirilecek bir şey yok, bir şey görülmedi
status-meaning-in_progress = son tarihten önce, ilerleme var
status-meaning-met = son tarihe kadar yapıldı
status-meaning-met_late = son tarihten sonra yapıldı
status-meaning-overdue = son tarih geçti, yapılmadığına dair kanıt var
status-meaning-unverified = kanıtlar her iki yönde de yetersiz; sessizlik ne uyum ne ihlaldir
status-meaning-holding = doğrulanmış ihlali olmayan sürekli yükümlülük
status-meaning-breached = doğrulanmış bir ihlal
status-meaning-disputed = iki yanda da inanılır kanıt ya da bir tarafın resmî itirazı
legend-statuses = Durumların anlamı

## Yükümlülük türleri
kind-cessation = Eylemlerin durdurulması
kind-zone = Bölge
kind-weapons_withdrawal = Silahların çekilmesi
kind-forces_withdrawal = Güçlerin çekilmesi
kind-designation = Grupların belirlenmesi
kind-patrols = Devriyeler
kind-routes = Yol
kind-verification = Doğrulama
kind-ceiling = Üst sınır
kind-restriction = Kısıtlama
kind-other = Diğer

## Olasılıklar. Sözler IPCC olasılık ölçeğinindir.
likelihood-virtually-certain = Neredeyse kesin
likelihood-very-likely = Çok olası
likelihood-likely = Olası
likelihood-even = Olması ve olmaması yaklaşık eşit olası
likelihood-unlikely = Olası değil
likelihood-very-unlikely = Hiç olası değil
likelihood-exceptionally-unlikely = Son derece düşük olasılık
claim-breached = { $likelihood }: ihlal edilmiş olması
claim-done = { $likelihood }: yapılmış olması
claim-not-done = { $likelihood }: yapılmamış olması
claim-not-breached = { $likelihood }: ihlal edilmemiş olması
claim-fulfilled = { $likelihood }: yerine getirilmiş olması
p-fulfilled = Yerine getirildi
p-breached = İhlal edildi
p-label = Olasılıklar
likelihood-scale = Olasılık sözleri IPCC olasılık ölçeğini (2010) izler: %99 ve üzeri neredeyse kesin, %90 ve üzeri çok olası, %66 ve üzeri olası, %33 ve üzeri olması ve olmaması yaklaşık eşit olası, %10 ve üzeri olası değil, %1 ve üzeri hiç olası değil, daha düşüğü son derece düşük olasılık.

## Özet
summary-title = Bir bakışta
summary-as-of = { $when } itibarıyla
summary-changes = { $when } tarihinden bu yana değişenler
summary-no-changes = { $when } tarihinden bu yana hiçbir durum değişmedi.
summary-first = Bu raporun ilk tarihi.
summary-change = { $title }: { $before } → { $after }
summary-synthetic = { $count ->
    [one] { $shown } tanesi yalnızca sentetik kanıta dayanıyor
   *[other] { $shown } tanesi yalnızca sentetik kanıta dayanıyor
  }
summary-considered = { $count ->
    [one] { $shown } bildirim sayıldı.
   *[other] { $shown } bildirim sayıldı.
  }

## Yükümlülükler
board-hint = Gerekçeleri, arkasındaki bildirimleri ve mutabakatın sözlerini görmek için bir yükümlülüğü açın.
board-empty = Mutabakatta yükümlülük yoktur.
board-synthetic = yalnızca sentetik kanıta dayanıyor
board-partly-synthetic = kısmen sentetik kanıta dayanıyor
board-due = Son tarih { $day }
board-no-deadline = Son tarih yok
board-standing = Sürekli yükümlülük
board-days-left = { $count ->
    [one] { $shown } gün kaldı
   *[other] { $shown } gün kaldı
  }
board-days-after = { $count ->
    [one] son tarihten { $shown } gün sonra
   *[other] son tarihten { $shown } gün sonra
  }
board-day-of = son gün
board-day-over = süre yeni doldu
board-since = { $day } tarihinden beri
board-history = Tarihe göre durum
board-reasons = Gerekçeler
board-no-reasons = Değerlendirme gerekçe vermedi.
board-evidence = Bu hükmü destekleyen bildirimler
board-counter = Aleyhteki bildirimler
board-no-evidence = Bununla ilgili bildirim yoktur.
board-more = { $count ->
    [one] kanıt tablosunda { $shown } tane daha
   *[other] kanıt tablosunda { $shown } tane daha
  }
board-show-all = Kanıt tablosunda göster
board-quote = Mutabakatın sözleri
board-quote-none = Kayıtlı alıntı yoktur.
board-binds = Yükümlü
board-binds-nobody = adıyla hiç kimse
board-condition = Koşul
board-exemptions = İstisnalar
board-depends = Bağlı olduğu
board-deadline-words = Metindeki süre
board-note = Not
board-effort = Gözlem
board-effort-none = Kimsenin gözlediği kayıtlı değil: sessizlik burada bir şey söylemez.
board-effort-hours = { $hours } saat gözlem
board-effort-refused = { $count ->
    [one] erişim { $shown } kez reddedildi
   *[other] erişim { $shown } kez reddedildi
  }
board-finding = Bulgu
board-parts = Tarafa ya da sınıfa göre
board-readings = Yoruma bağlı
board-readings-hint = Hüküm, metnin yorumlarına göre değişir:
board-reading-assessed = burada sayılan
board-factors = Neden { $probability } ağırlığında
board-id = Tanımlayıcı
finding-none = yok
finding-possible = olanaklı
finding-probable = olası
finding-confirmed = doğrulanmış
factor-report = bildirim doğru
factor-inquiry = soruşturma yanlış
factor-inside = bölgenin içinde
factor-about = bununla ilgili
factor-on_route = yol üzerinde
factor-time = süre içinde
factor-party = tarafça
factor-target = korunanlara karşı
factor-weapon = böyle bir silah
factor-forces = böyle güçler
factor-meant = kastedilen bu
factor-shows = bunu gösteriyor
factor-verifier = doğrulayıcılarca
factor-whole = tamamı
factor-not_exempt = istisna değil
factor-altitude = yükseklik verilmemiş
factor-declared_complete = envanter tam
said-by = sözü söyleyen: { $speaker }

## Kanıtlar
evidence-hint = Bir satır, bir kaynağın bir şey hakkındaki bir bildirimidir. Kaydedilen hiçbir şey değiştirilmez; bir olayın birden çok bildirimi bir kez sayılır.
evidence-search = Ara
evidence-kind = Ne
evidence-source = Kaynak
evidence-all = tümü
evidence-hide-synthetic = Sentetik olanları gizle
evidence-only-counted = Yalnızca seçilen tarihte sayılanlar
evidence-reset = Süzgeçleri temizle
evidence-showing = { $all } satırdan { $shown } tanesi
evidence-empty = Bu süzgeçlere uyan satır yok.
evidence-none = Çalışma klasöründe henüz kanıt yok. Almak için: truceline ingest
evidence-omitted = { $count ->
    [one] Çalışma klasöründe burada gösterilmeyen { $shown } bildirim daha vardır; hükümler onu sayar.
   *[other] Çalışma klasöründe burada gösterilmeyen { $shown } bildirim daha vardır; hükümler onları sayar.
  }
evidence-table = Kanıtlar, satır başına bir bildirim
col-number = No.
col-when = Ne zaman
col-what = Ne
col-where = Nerede
col-who = Kim
col-report = Bildirim
col-source = Kaynak ve değerlendirme
col-original = Özgün kayıt
within-km = { $km } km duyarlıkla
no-place = yer verilmemiş
against = hedef: { $targets }
nobody = adı verilmemiş
unknown = bilinmiyor
rated = değerlendirme { $rating }
rating-none = değerlendirilmemiş
row-of = { $file }, satır { $row }
recorded = kayıt { $day }
killed = { $count ->
    [one] { $shown } ölüm bildirildi
   *[other] { $shown } ölüm bildirildi
  }
mark-synthetic = sentetik
mark-claim = iddia
mark-retracted = geri çekilmiş
mark-superseded = yerini başkası almış
mark-disputed = itiraz edilmiş
mark-later = seçilen tarihten sonra
mark-incident = { $count ->
    [one] bu olayın { $shown } bildirimi
   *[other] bu olayın { $shown } bildirimi
  }
synthetic-note = Sentetik kanıt, örnek için tohumlu bir üreteçle uydurulmuştur ve hiçbir yerde olmamıştır. Gösterildiği her yerde “sentetik” diye işaretlenir.
claim-note = İddia, birinin kendisinin ya da başkalarının davranışı hakkında söylediğidir; gözlem değildir.
show-on-map = Haritada göster
show-in-table = Tabloda göster

## Harita
map-label = Bölge, temas hattı ve bildirilen olayların haritası
map-hint = Ok tuşları kaydırır, artı ve eksi yakınlaştırır. Her bildirim, gerçek yerini %95 olasılıkla içeren alan olarak çizilir, asla nokta olarak değil.
map-layers = Katmanlar
map-legend = Gösterim
map-basemap = Altlık harita
layer-zones = Bölgeler
layer-lines = Temas hatları
layer-routes = Yollar
layer-towns = Yerleşimler
layer-districts = İlçeler
layer-military = Askerî eylem
layer-withdrawal = Varlık ve çekilme
layer-access = Yollar, devriyeler, gözlem
layer-other = Diğer bildirimler
layer-synthetic = Sentetik bildirimler
map-line-approximate = Yaklaşık, { $km } km duyarlıkla biliniyor
map-line-exact = { $km } km duyarlıkla biliniyor
map-zone-inner = { $name }: hatta { $km } km’ye kadar, derinliğin her yorumunda bölgede
map-zone-outer = { $name }: hattan { $from } ile { $to } km arası, bölgede olabilir
map-zone-inner-along = { $name }: hattın her yanı ve kesimi için anlaşıldığı üzere { $km } km’ye kadar, derinliğin her yorumunda bölgede
map-zone-outer-along = { $name }: hattın her yanı ve kesimi için anlaşıldığı üzere { $km } km’ye kadar, bölgede olabilir
map-zone-plain = { $name }
map-band = hattın geçebileceği yer
route-state-reopened = Yeniden açıldı
route-state-partly_open = Kısmen açık
route-state-closed = Kapalı
route-state-unverified = Doğrulanmadı
map-route = { $name }, { $km } km duyarlıkla çizildi
map-unplaced = Yeri olmayan bildirimler
map-unplaced-none = Bu tarihte sayılan her bildirimin bir yeri vardır.
map-north = Kuzey
map-unavailable = Harita için betik gerekir. Aşağıdaki kanıt tablosu aynı bildirimleri yerleri ve hatalarıyla içerir.
map-table = Haritanın gösterdikleri, tablo olarak
map-credit = Sınırlar ve yerleşimler: { $credits }. Sınırlar ve adlar, herhangi bir toprağın statüsü hakkında görüş bildirmez.
map-reset = Tüm alan
map-table-name = Ad
map-table-kind = Tür
map-table-place = Boylam, enlem
map-table-known = Ne kadar iyi biliniyor
zone-area_of_separation = Ayırma bölgesi
zone-area_of_limitation = Sınırlama bölgesi
zone-exclusion = Yasak bölge
zone-sector = Sektör
zone-other = Bölge
zone-band = Kuşak
map-group = bu yer için { $count } bildirim
map-symbols = Ortadaki işaret türü, sayı ise kaç bildirimin bu yeri paylaştığını söyler; eski bildirimler soluklaşır.
map-no-geometry = Mutabakatta çizilebilecek bir hat, bölge ya da yol yoktur.

## Zaman çizelgesi
timeline-label = Bildirimlerin ve son tarihlerin zaman çizelgesi
timeline-hint = Sol ve sağ oklar bildirimler arasında gezer, yukarı ve aşağı oklar satırı değiştirir, Enter seçer.
timeline-deadline = { $count ->
    [one] son tarih { $day }
   *[other] { $shown } son tarih { $day }
  }
timeline-signed = imza { $day }
timeline-as-of = { $day } itibarıyla
timeline-outside = { $count ->
    [one] { $shown } bildirim çizilen aralığın dışındadır; kanıt tablosunda yer alır.
   *[other] { $shown } bildirim çizilen aralığın dışındadır; kanıt tablosunda yer alır.
  }
timeline-key-report = bildirim
timeline-key-claim = iddia ya da açıklama
timeline-key-synthetic = sentetik
timeline-key-size = Daha büyük bir işaret, bir günün birkaç bildirimini içerir; gri olanlar seçilen tarihten sonradır.
timeline-empty = Çizilecek bildirim yok.
timeline-mark = { $day }: { $what }
timeline-mark-many = { $day }: { $count } bildirim, { $what }
lane-any_military_action = Askerî eylem
lane-presence = Varlık
lane-withdrawal = Çekilme
lane-patrol = Devriyeler
lane-route = Yollar
lane-political = Açıklamalar
lane-control = Denetim
lane-effort = Gözlem
lane-restricted_act = Kısıtlı eylemler
lane-other = Diğer

## Bölgeler
zones-none = Mutabakatın bölgeleri çizilemedi, bu yüzden derinlikleri denetlenmedi.
zones-hint = Bölge, hattı boyunca her yerde taahhüt edildiği kadar derin mi?
zones-verdict = Sonuç
zones-promised = Taahhüt edilen derinlik
zones-range = { $min } ile { $max } km arası
zones-as-agreed = , hattın her kesimi için anlaşıldığı üzere:
zones-promised-stretch = km { $from } ile { $to }: { $depth } km
zones-measured = Ölçülen derinlik
zones-measured-value = { $min } ile { $max } km arası, ortalama { $mean } km
zones-share = Taahhüdün içinde
zones-share-value = hattın { $share }
zones-area = Alan
zones-area-value = { $area } km²
zones-chart = { $zone } derinliği, { $line } boyunca
zones-axis-along = hat boyunca km
zones-axis-depth = derinlik, km
zones-shortfalls = Çok sığ
zones-excesses = Çok derin
zones-stretch = km { $from } ile { $to }, en çok { $worst } m
zones-promised-band = taahhüt edilen
zones-true = Gerçek hattan ölçüldüğünde
zones-true-hint = Gerçek hattın nereden geçtiği tam bilinmiyor: her yerde %95 olasılıkla burada çizilen hattın { $km } km yakınındadır. Başka yerden geçtiği kesimlerde bölge çizildiğinden daha derin ya da daha sığdır.
zones-true-depth = Derinlik şu olabilir
zones-true-share = Taahhüdün içinde olması beklenen
zones-true-share-value = hattın { $share }; %95 olasılıkla { $low } ile { $high } arası
zones-true-shallow = Bir yerde çok sığ
zones-true-deep = Bir yerde çok derin
zones-true-chance = { $likelihood }, { $p }
zones-true-area = Alan, hata payı
zones-true-area-value = { $error } km² (standart hata)
zones-key-profile = çizilen hattan derinlik
zones-key-bounds = gerçek hattan derinlik: bunun içinde herhangi bir yerde, her noktada %95 olasılıkla
zones-key-promised = taahhüt edilen derinlik
zones-title = { $zone }, hattının { $side }
zones-certain = { $verdict }, gerçek hat ne olursa olsun
zones-uncertain = { $verdict }; gerçek hat bunu değiştirebilir
zones-limited = Düz çizgi: derinliği bölge sınırlar. Noktalı: derinliği hattın kendi kıvrımları sınırlar, çünkü ötesi hattın başka bir kesimine daha yakındır; bu bir eksik değildir ve taahhüdün içinde sayılır.
side-left = solu
side-right = sağı
verdict-as_promised = taahhüt edildiği gibi
verdict-within_uncertainty = farklı, ancak hattın belirsizliğinden fazla değil
verdict-too_shallow = yer yer çok sığ
verdict-too_deep = yer yer çok derin
verdict-too_shallow_and_too_deep = yer yer çok sığ ve yer yer çok derin

## Karşılaştırma
comparison-hint = Duyurudan yapılan taslak ile onaylanmış mutabakat arasında bir çözümleyicinin değiştirdikleri. Hükümler onaylanmış olana dayanır.
comparison-found = Taslak, { $of } hükümden { $found } tanesini buldu.
comparison-provision = Hüküm
comparison-result = Taslakta
comparison-field = Fark
comparison-draft = Taslak
comparison-confirmed = Onaylanmış
comparison-nothing = hiçbir şey
comparison-same = bulundu, aynı
comparison-differs = bulundu, farklı
comparison-missed = bulunmadı
comparison-extra = yalnızca taslakta
comparison-questions = Metnin açık bıraktıkları

## Yorumlar
readings-hint = Metnin birden çok biçimde okunabildiği yerlerde mutabakat yorumları saklar ve benimseneni belirtir.
readings-held = bu görüşte olan: { $who }
readings-adopted = benimsenen

## Metinler
texts-hint = Mutabakatın alıntıladığı belgeler. İşaretli sözleri bir hüküm alıntılar.
texts-statements = Kimseyi yükümlü kılmayan açıklamalar
texts-no-text = Bu kaynağın metni çalışma klasöründe yok.
texts-published = yayın { $day }
stance-supports = destekliyor
stance-welcomes = memnuniyetle karşılıyor
stance-rejects = reddediyor
stance-criticises = eleştiriyor
stance-demands = talep ediyor
stance-conditional = koşullu
stance-claims = iddia ediyor
stance-neutral = söylüyor

## Yöntem
method-verdict = Her durum, yalnızca mutabakattan ve kayıtlı bildirimlerden { $ruleset } kural kümesiyle hesaplanır. Aynı girdiler aynı sayfayı, bayt bayt, verir.
method-silence = Sessizlik ne uyum ne ihlaldir: kimsenin gözlemediği yerde bir yükümlülük doğrulanmamış kalır.
method-thresholds = Bir bulgu { $probable } ile olası, { $confirmed } ile doğrulanmış sayılır.
method-place = Kaba bir yer bir alandır, nokta değil: bir bildirim, gerçek yerinin içeride olma olasılığıyla bölgeye sayılır.
method-sides = Araç taraf tutmaz. Gruplar ve hükümetler mutabakatın verdiği adlarla anılır; alıntılar alıntı olarak kalır.
method-limits = Sınırlar
method-limit-report = Bildirimler ikincildir ve eksiktir; birçoğu birkaç olayı ya da bütün bir ilçeyi anlatır.
method-limit-line = Yaklaşık diye işaretlenen yerlerde taraflar temas hattını yayımlamamıştır; ona olan uzaklıklar belirtilenden daha iyi değildir.
method-limit-judgement = Sayfa bir yargıya destek olur, onun yerine geçmez. Bir gerekçeye göre davranmadan önce arkasındaki bildirimi denetleyin.
signed-title = Tarafların imzaladıkları
signed-hint = Her taraf, mutabakat sürümünün, bir bölgenin ya da hattın özetini kendi anahtarıyla imzalar; imzalaması gereken herkes aynısını imzaladığında onaylanmış olur.
signed-confirmed = herkesçe onaylandı
signed-changed = herkes imzaladıktan sonra değişti
signed-disputed = itiraz edildi
signed-partly = bazılarınca imzalandı
signed-unconfirmed = kimse imzalamadı
signed-by = imzalayan: { $names }
signed-missing = imzalamayan: { $names }
signed-objecting = itiraz eden: { $names }
cases-title = Dosyalar
cases-hint = Soruşturulan iddialar, bu sayfanın son tarihindeki hâliyle. Neyin kim tarafından iddia edildiği burada gösterilmez.
case-alleged = iddia edildi
case-inquiry = soruşturuluyor
case-site_visit = yerinde görüldü
case-found = bulguya varıldı
case-answered = yanıtlandı
case-remedied = giderildi
case-appealed = itirazda
case-closed = kapandı
case-withdrawn = geri çekildi
case-result-confirmed = iddia doğrulandı
case-result-not_confirmed = iddia doğrulanmadı
case-result-inconclusive = ne doğrulandı ne çürütüldü
case-next = sıradaki { $what }, yapacak olan { $who }, son tarih
case-due-inquiry = soruşturma
case-due-visit = yerinde inceleme
case-due-finding = bulgu
case-due-answer = yanıt
case-due-remedy = giderim
case-due-closing = kapanış
case-due-appeal = itirazın karara bağlanması
case-overdue = gecikmiş
method-inputs = Bu raporun dayandığı dosyalar
method-file = Dosya
method-rows = Satırlar
method-sources = Kaynaklar
method-hash = SHA-256
method-keys = Tuşlar
keys-dates = [ ve ]: önceki ve sonraki tarih
keys-help = ?: bu liste
keys-timeline = zaman çizelgesinde oklar: bildirimler arasında gezinme
keys-map = haritada oklar, artı ve eksi: kaydırma ve yakınlaştırma
keys-escape = Escape: seçimi kaldırma
keys-title = Tuşlar
close = Kapat

section-patrols = Devriyeler
patrols-hint = Ne planlandığı ve devriyelerin izlerinin neyi kanıtladığı. Yalnızca sayılar ve paylar: devriyelerin nerede ve ne zaman olduğu ile hangi ekibin gittiği burada gösterilmez.
patrols-period = { $day } tarihinden itibaren, gün: { $days }
patrols-party = Taraf
patrols-shifts = Planlanan vardiyalar
patrols-shown = izle gösterilen
patrols-shown_in_part = kısmen gösterilen
patrols-doubtful = şüpheli iz
patrols-no_track = izi olmayan
patrols-visits = Planlanan ziyaretler
patrols-made = yapılan
patrols-on_time = bunların zamanında olanı
patrols-late = bunların geç olanı
patrols-short = çok kısa
patrols-not_made = yapılmayan
patrols-unclear = söylenemeyen
patrols-unproven = izsiz ya da şüpheli izli
patrols-late-median = Ortanca gecikme, dakika
patrols-check_ins = Planlananlardan yerine gelen bildirimler
patrols-with = Planlananlardan diğer tarafla yapılan ziyaretler
patrols-of = { $part } / { $whole }
patrols-zone-seen = Bölgenin görülen payı
patrols-line-seen = Hattın görülen payı
patrols-sight = Görülen, arazi ne olursa olsun devriyenin yoluna { $km } km içinde kalandır.
patrols-sight-terrain = Görülen, devriyenin yoluna { $km } km içinde kalan ve arazi üzerinden görülebilendir.
patrols-all = tümü
