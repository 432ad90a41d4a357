### Web uygulamasının raporda bulunmayan sözleri. Sayılar sayı olarak gelir.

## Çerçeve
app-nav = Ekranlar
app-home = Yükümlülüklere
app-skip = İçeriğe geç
app-search = Ara
app-search-hint = Yükümlülük, yer, ekran veya tanımlayıcı
app-found-view = Ekran
app-found-place = Yer
app-settings = Dil, renkler, yazdırma
app-language = Dil
app-theme = Renkler
app-theme-auto = cihazdaki gibi
app-theme-light = açık
app-theme-dark = koyu, gece nöbeti için
app-print = Yazdır
app-print-foot = { $address } · yazdırıldı: { $when }
app-close = Kapat
app-cancel = Vazgeç
app-open = Aç
app-loading = Yükleniyor…
app-retry = Yeniden dene
app-unreachable = Sunucuya ulaşılamıyor. Daha önce okunanlar okunabilir kalır; kaydettikleriniz burada saklanır ve bağlantı gelince gönderilir.
app-not-allowed = Rolünüz bunu göremez veya yapamaz.
app-nothing-fits = Aradığınıza uyan bir şey yok.
app-more = { $count ->
    [one] ve bir tane daha
   *[other] ve { $count } tane daha
  }
app-choose = Seçin…
app-yes = evet
app-no = hayır
app-km = km

## Ekranlar
app-view-board = Yükümlülükler
app-view-map = Harita
app-view-timeline = Zaman çizelgesi
app-view-desk = Olay masası
app-view-accord = Anlaşma
app-view-drafts = Taslaklar
app-view-designation = Grupların belirlenmesi
app-view-cases = Dosyalar
app-view-effort = Gözlem
app-view-exports = Dosya çıktıları
app-view-explain = Gerekçeler
app-view-log = Kayıt günlüğü
app-view-accounts = Hesaplar

## Oturum
app-sign-in = Oturum aç
app-sign-in-name = Ad
app-sign-in-password = Parola
app-sign-in-code = Tek kullanımlık kod
app-sign-in-wrong = Ad veya parola yanlış.
app-sign-in-code-wrong = Kod doğru değil veya daha önce kullanıldı. Bir sonrakini bekleyin.
app-sign-in-first = Bu, başkasının da bildiği ilk paroladır. Kendinize bir parola seçin.
app-sign-in-new-password = Yeni parola
app-sign-in-wait = Çok fazla deneme. Bir dakika bekleyip yeniden deneyin.
app-sign-out = Oturumu kapat
app-role = Rol
app-role-public = kamu
app-role-observer = izleyici
app-role-liaison = taraf irtibat görevlisi
app-role-analyst = analist
app-role-monitor = gözlemci
app-role-administrator = yönetici
app-role-change = Rolü değiştir
app-role-change-hint = Kişinin tüm oturumları kapanır ve yeniden oturum açması gerekir.

## Bağlantı
app-offline = çevrimdışı
app-waiting = { $count ->
    [one] bir giriş gönderilmeyi bekliyor
   *[other] { $count } giriş gönderilmeyi bekliyor
  }
app-refused = { $count ->
    [one] bir giriş reddedildi
   *[other] { $count } giriş reddedildi
  }
app-waiting-title = Gönderilmeyi bekleyenler
app-kept-until-online = Bu cihazda saklandı. Bağlantı gelir gelmez gönderilir ve bir kez ulaşır.

## İki zaman
app-as-of = Tarih
app-as-of-long = Şu günün sonundaki durum
app-as-of-hint = O zaman doğru olan.
app-known-at = Bilinen
app-known-at-long = Şu günün sonuna kadar bilinenlere göre
app-known-at-hint = O zamana kadar kaydedilmiş olanlar, sonrası değil.
app-now = şimdi
app-back-to-now = Şimdiye dön
app-when-hint = Günler { $zone } saat dilimine göre gece yarısı biter.
app-both-times = İki zaman
app-since = Başlangıç

## Tuşlar
app-keys-title = Tuşlar
app-key-search = Ara
app-key-keys = Tuşlar
app-key-new = Olay kaydet
app-keys-board = Sonraki ve önceki yükümlülük
app-keys-map = Haritayı kaydır ve yakınlaştır
app-keys-timeline = Zaman sürgüsünde bir gün geri ve ileri
app-keys-dialog = Açık olanı kapat

## Uyarılar
app-alerts = Uyarılar
app-dismiss = Gizle
app-becomes = yeni durum

## Yükümlülükler
app-board-search = Yükümlülüklerde ara
app-filter-status = Duruma göre süz
app-order = Sıra
app-order-urgency = en acil olan önce
app-order-due = son tarihe göre
app-order-text = metindeki gibi
app-changed-since = Son baktığınızdan beri değişenler, { $when }
app-no-change-since = Son baktığınızdan beri ({ $when }) bir şey değişmedi.
app-only-changed = Yalnız bunlar
app-mark-seen = Bunları gördüm
app-new-obligation = yeni
app-moved-up = { $points } puan daha fazla
app-moved-down = { $points } puan daha az
app-kind = Tür
app-deadline = Son tarih

## Gerekçeler
app-explain-ask = Bir yükümlülüğün, raporun, bölgenin, hattın, dosyanın veya önerinin tanımlayıcısı
app-own-page = Ayrı sayfada
app-in-the-text = metinde
app-report-of = Rapor { $id }
app-rule = Kural ve sayıları
app-rule-numbers = Kuralın sayıları
app-adds = Neye katkı yapıyor
app-adds-nothing = Bu tarihte hiçbir yükümlülüğü ilgilendirmiyor.
app-same-incident = Aynı olayla ilgili diğer raporlar
app-same-incident-none = Kayıtta başka raporu yok.
app-counts-not = sayılmıyor
app-recorded = Kaydedildi
app-prove = Kayıtta olduğunu kanıtla

## Bir raporla ilgili işlemler
app-acts = Yapabilecekleriniz
app-corroborate = Başka bir kaynağın raporunu ekle
app-corroborating = { $id } ile aynı olaya ilişkin başka bir rapor. Kaynağınızın söylediğini yazın.
app-correct-hint = Kaydedilen kalır. Düzeltilen değerler bundan böyle, adınız ve gerekçenizle sayılır.
app-act-supersede = Düzelt veya değerlendir
app-act-retract = Geri çek
app-act-reinstate = Yeniden say
app-act-dispute = İtiraz et
app-act-support = Destekle
app-act-undispute = Önce söyleneni geri çek
app-dispute = İtiraz et veya destekle
app-in-the-name-of = Kimin adına
app-own-name = kendi adıma
app-reason = Gerekçe
app-record = Kaydet
app-recorded-now = Kaydedildi.
app-throw-away = Vazgeç

## Olay masası
app-desk-title = Olay kaydet
app-kind-of-incident = Ne oldu
app-day = Gün
app-time = Saat, biliniyorsa
app-last-day = Son gün, birden çoksa
app-zone-hint = Günler ve saatler { $zone } saat dilimine göredir.
app-report-words = Bildirilen, kaynağın sözleriyle
app-place = Yer
app-place-map = Yeri seçmek için harita
app-place-hint = Bir yer adı yazın veya haritaya tıklayın. Daire gerçek yeri %95 olasılıkla içerir.
app-lon = Boylam
app-lat = Enlem
app-error-m = Bilinen kesinlik, metre
app-who-and-how = Kim, kaç, nasıl bilindiği
app-actor = Kim tarafından
app-target = Kime karşı
app-count = Kaç
app-manner = Nasıl gözlendi
app-manner-seen = görüldü
app-manner-heard = duyuldu
app-manner-camera = kamera
app-manner-unmanned_aircraft = insansız hava aracı
app-manner-satellite = uydu
app-manner-reported = başkaları bildirdi
app-source = Kaynak
app-source-hint = kendi gözleminizse boş bırakın
app-reliability = Kaynağın güvenilirliği
app-reliability-A = tamamen güvenilir
app-reliability-B = genellikle güvenilir
app-reliability-C = oldukça güvenilir
app-reliability-D = genellikle güvenilmez
app-reliability-E = güvenilmez
app-reliability-F = değerlendirilemez
app-credibility = Bilginin inanılırlığı
app-credibility-1 = başka kaynaklarca doğrulandı
app-credibility-2 = muhtemelen doğru
app-credibility-3 = belki doğru
app-credibility-4 = şüpheli
app-credibility-5 = olası değil
app-credibility-6 = değerlendirilemez
app-draft-kept = Taslak bu cihazda saklandı: { $time }
app-similar = Aynı olay olabilir
app-newest = Son kaydedilenler
app-fault-kind = Ne olduğunu belirtin.
app-fault-day = Günü belirtin.
app-fault-last-day = Son gün ilk günden önce.
app-fault-report = Bildirileni yazın.
app-fault-place = Boylam ve enlem derece olarak: ikisi birden veya hiçbiri.
app-fault-error = Yerin ne kadar kesin bilindiğini belirtin.
app-fault-count = Tam sayı.

## Harita
app-zoom-in = Yakınlaştır
app-zoom-out = Uzaklaştır
app-span = Raporlar
app-span-all = bütün tarihler
app-span-days = { $count ->
    [one] bir gün
   *[other] { $count } gün
  }
app-legend-accord = Anlaşma
app-legend-reports = Raporlar
app-legend-ground = Arazi
app-legend-areas = Bir rapor, gerçek yeri %95 olasılıkla içeren bir alandır; ortadaki işaret türünü gösterir. Kesikli: yapay.
app-layer-unseen = Kimsenin bakmadığı yerler
app-km-from = { $place } konumuna { $km } km
app-in-a-zone = Bölge içinde
app-unseen-nowhere = Kimsenin bakmadığı bir alan yok.
app-route-open = açık
app-route-partly_open = kısmen açık
app-route-closed = kapalı
app-route-unverified = doğrulanmadı
app-measure = Ölç
app-measure-hint = Elipsoit üzerinde ölçmek için haritaya tıklayın. Üç veya daha çok yer alanı da verir.
app-measure-centre = Haritanın ortasını ekle
app-measure-undo = Geri al
app-as-table = Tablo olarak

## Zaman çizelgesi
app-play = Oynat
app-pause = Duraklat
app-pace = Adım
app-compare-with = Şununla karşılaştır
app-compare-title = { $one } ve { $other }
app-compare-same = İki tarih arasında hiçbir durum farklı değil.

## Anlaşma
app-provisions = Hükümler
app-quotes = { $count ->
    [one] bir alıntı
   *[other] { $count } alıntı
  }
app-no-questions = Anlaşmada yorum sorusu belirtilmemiş.
app-assess-so = Bu yoruma göre değerlendir

## Grupların belirlenmesi
app-designation-lede = Bir grup, anlaşması gereken her taraf kendi anahtarıyla imzaladığında listededir. Anahtarınız burada, bu tarayıcıda imzalar ve hiçbir yere gönderilmez.
app-no-proposals = Öneri yok.
app-key-title = Tarafınızın anahtarı
app-key-hint = Tarafınızın anahtar dosyasını seçin. Bu sayfada kalır, hiçbir yere gönderilmez; sayfa kapanınca veya oturum kapatılınca unutulur.
app-key-file = Anahtar dosyası
app-key-held = Anahtar imzaya hazır.
app-key-missing = Önce tarafınızın anahtar dosyasını seçin.
app-key-form = Bu, bu programın bir anahtar dosyası değil.
app-key-passphrase = Anahtar dosyasının parolası
app-key-unlock = Anahtarı aç
app-key-wrong-passphrase = Parola bu anahtar dosyasını açmıyor.
app-key-other-lock = Bu anahtar dosyası burada bilinmeyen bir yolla kilitlenmiş. truceline key new komutunun yazdığı bir dosya kullanın.
app-sign-with-key = Tarafımızın anahtarıyla imzala
app-signed-with-key = kendi anahtarıyla imzalı
app-as-reported = ofise bildirildiği gibi
app-subject-accord = Anlaşma
app-subject-zone = Bölge
app-subject-line = Hat
app-propose = Grup öner
app-propose-and-sign = Öner ve imzala
app-group = Grup
app-proposal-in-force = yürürlükte
app-proposal-disputed = ihtilaflı
app-proposal-waiting = onay bekliyor
app-step-propose = Öneri
app-consented = Onaylayan
app-missing = Henüz onaylamayan
app-objected = İtiraz eden
app-step-consent = Onayla
app-step-object = İtiraz et
app-step-withdraw = Onayı geri çek

## Dosyalar
app-cases-lede = İddiaların soruşturmadan bulguya, yanıta ve giderime yolu: sıradaki adım kimde ve ne zamana kadar.
app-only-overdue = Yalnız gecikenler
app-no-cases = Böyle bir dosya yok.
app-case-open = Dosya aç
app-case-title = Başlık, kişi adı olmadan
app-allegation = İddia
app-case-observations = Raporların tanımlayıcıları
app-concerned = İlgili taraflar
app-opened = Açıldı
app-office = kaydı tutan ofis
app-next-step = Sıradaki: { $what }
app-is-due = son tarih { $day }
app-was-due = son tarihi { $day } idi
app-step = Adım
app-party = Taraf
app-accepts = bulguyu kabul ediyor
app-rejects = bulguyu reddediyor
app-remedy-by = Giderim tarihi
app-act-open = Açıldı
app-act-inquiry = Soruşturma
app-act-visit = Yerinde inceleme
app-act-visit_refused = Yerinde inceleme reddedildi
app-act-finding = Bulgu
app-act-answer = Yanıt
app-act-remedy = Giderim
app-act-appeal = İtiraz başvurusu
app-act-withdraw = Geri çekildi
app-act-reopen = Yeniden açıldı
app-act-link = Başka raporlar veya taraflar
app-act-close = Kapatıldı

## Gözlem
app-effort-lede = Nerede ve ne kadar gözlendiği, nerede kimsenin bakmadığı. “Görülmedi” ile “kimse bakmadı” aynı değildir.
app-effort-caption = Yere ve haftaya göre gözlem saatleri
app-hours = Saat
app-refused-count = Reddedilen
app-nobody-looked = kimse bakmadı
app-elsewhere = bütün bölgelerin dışında

## Kayıt günlüğü
app-log-lede = Kaydedilen her şey, fark edilmeden değiştirilemeyen bir günlüktedir. Bu sayfa onu sunucuya güvenmeden kendi tarayıcınızda denetler.
app-head = Günlüğün imzalı başı
app-entries = Girişler
app-root = Kök
app-log-key = Günlüğün anahtarı
app-verify-head = Başı doğrula
app-download-head = Başı indir
app-head-kept = Bu tarayıcı daha önce denetlediği bir başı saklıyor: günlük onu sürdürmelidir.
app-head-not-kept = Bu tarayıcı bu günlüğü daha önce denetlemedi. Anahtarı ofisle başka bir yoldan karşılaştırın.
app-head-signed = { $size } girişin üzerindeki imza geçerli.
app-head-recorded = Kaydedildi: { $when }.
app-head-continues = Günlük, bu tarayıcının denetlediği { $size } girişi sürdürüyor: hiçbiri değiştirilmemiş veya silinmemiş.
app-prove-title = Bir girişi kanıtla
app-prove-hint = Bir raporun tanımlayıcısını veya tablo ve numarayı verin.
app-leaf-in-tree = { $size } girişten { $index }. giriş imzalı başın ağacında.
app-leaf-content = İçeriği kaydedilenin kendisi.
app-leaf-withheld = İçeriği rolünüze kapalı; kayıtta olduğu kanıtlandı.
app-leaf-recorded = Kaydedildi: { $when }.
app-what-was-recorded = Kaydedilen
app-proof-good = Kanıtlandı
app-proof-bad = Kanıtlanmadı:
app-no-ed25519 = bu tarayıcı Ed25519 imzalarını denetleyemiyor.
app-proof-form = kanıt biçimine uymuyor.
app-proof-key = anahtar bir günlük anahtarı değil.
app-head-unsigned = bu başı kimse imzalamadı: sunucuda günlüğün anahtarı yok.
app-proof-key-changed = günlük, ilk gelişinizdekinden başka bir anahtarla geliyor.
app-proof-other-log = baş başka bir günlüğün.
app-proof-signature = baş bu anahtarla imzalanmamış.
app-proof-path = yol köke çıkmıyor.
app-proof-shrunk = günlükte saklanan başta olduğundan az giriş var.
app-proof-rewritten = günlük saklanan başı sürdürmüyor: yeniden yazılmış.
app-proof-nothing = kanıt bir şey kanıtlamıyor.
app-proof-not-in-tree = giriş başın ağacında değil.
app-proof-content = içerik kaydedilen değil.
app-proof-other-thing = içerik sorulandan başka bir şeyin.
app-proof-not-continued = kanıt saklanan başı sürdürmüyor.

## Hesaplar
app-account-new = Yeni hesap
app-account-make = Hesabı aç
app-account-made = { $name } hesabı açıldı.
app-account-since = Başlangıç
app-account-end = Kapat
app-account-reopen = Yeniden aç
app-first-password = İlk parola
app-second-factor = Tek kullanımlık kodlar
app-second-factor-off = Tek kullanımlık kodları kaldır
app-readings-log = Hassas verileri kim okudu
app-sign-ins = Kim oturum açtı veya açmayı denedi
app-sign-ins-failed = Yalnızca başarısız olanlar
app-sign-in-outcome-signed-in = oturum açıldı
app-sign-in-outcome-wrong-name = böyle bir hesap yok
app-sign-in-outcome-wrong-password = yanlış parola
app-sign-in-outcome-wrong-code = yanlış tek kullanımlık kod
app-sign-in-outcome-locked = çok fazla denemeden sonra kilitli
app-sign-in-outcome-ended = hesap kapatılmış
app-sign-in-outcome-first-password-expired = ilk parola artık geçerli değil
app-sign-in-way-password = parolayla
app-sign-in-way-provider = kimlik sağlayıcı üzerinden
app-sign-in-way-local = sunucunun yazdığı adresle
app-sign-in-way-device = cihaz olarak
app-sessions = Oturum açtığınız yerler
app-session-times = { $since } tarihinden beri, son kullanım { $seen }
app-session-this = Bu tarayıcı
app-session-end = Bu oturumu kapat

## Kendi hesabım ve fotoğraflar
app-own-account = Kendi hesabım
app-password-change = Parolayı değiştir
app-password-old = Şimdiki parola
app-password-old-wrong = Şimdiki parola yanlış.
app-password-new = Yeni parola
app-codes-asked = Oturum açarken tek kullanımlık kod sorulur.
app-codes-begin = Bundan böyle tek kullanımlık kod sorulsun
app-codes-hint = Bu kodu bir kimlik doğrulama uygulamasıyla tarayın veya altındaki gizli anahtarı oraya girin ve ondan bir kodla onaylayın. Ardından yeniden oturum açarsınız.
app-codes-qr = Tek kullanımlık kodların gizli anahtarının karekodu
app-codes-open = Kimlik doğrulama uygulamasında aç
app-codes-confirm = Onayla
app-photographs = Fotoğraflar
app-photograph = Fotoğraf { $number }
app-photograph-add = Fotoğraf ekle (içindeki yer ve kamera bilgileri silinir)

## Arazi: derinlik, sektörler, sayıların yanında gözlem, gidiş
layer-depth = Hat boyunca bölgelerin derinliği
layer-sectors = Sektörler
layer-coverage = Her sektörün devriye gezilen payı
app-legend-watch = Neler gözlendi
app-depth = Derinlik
app-depth-of = Derinlik: { $zone }
app-depth-title = Hat boyunca derinlik: { $zone }
app-depth-none = Bu bölge için tek bir hattan derinlik taahhüt edilmemiş; denetlenecek bir şey yok.
app-depth-promised = Taahhüt edilen derinlik, km
app-depth-measured = Bölgenin derinliği
app-depth-limited = Hattın kendi kıvrımları sona erdiriyor: eksiklik değil
app-depth-short = Yeterince derin değil
app-depth-over = Taahhüt edilenden derin
app-depth-left = Hattın solu
app-depth-right = Hattın sağı
app-depth-verdict = Hattın { $share } kadarında taahhüt edildiği gibi; derinlik { $least } ile { $most } km arası.
app-depth-uncertain = Hat, emin olunacak kadar iyi bilinmiyor.
app-depth-place = Hat üzerindeki yer
app-depth-hint = Her yeri haritada görmek için grafiği gösterin ya da kaydırıcıda ok tuşlarını kullanın.
app-depth-at = Hattın { $along }. kilometresinde bölge { $depth } km derin; taahhüt edilen: { $promised } km.
app-depth-at-short = { $km } km eksik.
app-depth-at-over = { $km } km fazla.
app-depth-at-limited = Hattın kendi kıvrımları burada daha fazla arazi bırakmıyor.
app-depth-caption = Kesimler hâlinde hat, taahhüt edilen derinliğe göre
app-depth-along = Hat boyunca, km
app-depth-state = Oradaki derinlik
app-depth-deep = Derinlik, km
app-depth-by = en kötü yerde { $km } km
app-depth-state-within = taahhüt edildiği gibi
app-depth-state-limited = hattın kendi kıvrımları nedeniyle daha az
app-depth-state-short = yeterince derin değil
app-depth-state-over = taahhüt edilenden derin
app-area = Alan
app-by-party = Taraflara göre
app-patrolled = { $share } devriye gezildi
app-patrolled-range = { $least }–{ $most } devriye gezildi
app-patrolled-none = devriye gezilmedi
app-patrolled-unknown = devriyeler hakkında bulgu yok
app-watched = { $count ->
    [one] Bir günde
   *[other] { $shown } günde
  } { $hours } saat gözlendi.
app-watched-nobody = Arazinin { $share } kadarına kimse bakmadı.
app-watched-none = Kimse bakmadı: bildirim olmaması bir şey söylemez.
app-watched-hours = { $hours } saat gözlendi
app-nobody-watched = Kimse bakmadı
app-lane-watched = { $hours } saat gözlendi; zamanın { $share } kadarında kimse bakmadı.
app-effort-on-map = Kimsenin bakmadığı yerleri haritada göster
app-case-reports = { $count ->
    [0] Rapor yok.
    [one] Bir rapor.
   *[other] { $shown } rapor.
  }
app-case-watched = Açılmadan önceki otuz günde:
app-trend = Son { $count ->
    [one] haftada
   *[other] { $count } haftada
  }: { $told }
app-trend-from = { $day } tarihinden itibaren { $status }
app-found-zone = Bölge
app-found-sector = Sektör
app-found-route = Yol
app-found-town = Yer
app-found-district = İlçe

## Files
app-exports-lede = Veriler ve raporlar dosya olarak, rolünüzün görebileceği sürümde. Her biri hangi tarihteki durumu ve o ana dek bilinenleri belirtir; uzun sürenler sunucuda hazırlanır.
app-order-new = Dosya iste
app-order-what = Ne
app-order-report = Rapor
app-order-data = Veri
app-order-format = Biçim
app-order-edition = Sürüm
app-edition-public = kamuoyu için
app-edition-parties = taraflar için
app-edition-internal = kurum içi, dışarı verilmez
app-order-period = Dönem
app-period-all = imzadan bu yana
app-period-day = bir gün
app-period-week = bir hafta
app-period-month = bir ay
app-format-gpkg = { "GeoPackage" }
app-format-geojson = { "GeoJSON" }
app-format-csv = HXL etiketli CSV
app-format-parquet = { "GeoParquet" }
app-format-zip = veri paketi (zip)
app-format-html = sayfa (HTML)
app-format-pdf = PDF
app-format-docx = Word belgesi
app-export-observations = Gözlemler
app-export-zones = Bölgeler ve kuşaklar
app-export-lines = Hatlar
app-export-routes = Yollar
app-export-obligations = Yükümlülükler
app-export-effort = Nerede gözlem yapıldı
app-export-patrols = Devriyeler
app-export-weapons = Silah defteri
app-export-corrections = Düzeltmeler
app-order-standing = Yalnız sayılan gözlemler; düzeltmeyle düşülenler olmadan
app-order-as-of = { $day } itibarıyla.
app-order-newest = En yeni kayıt itibarıyla; başka bir günü sayfanın başından seçin.
app-order-known-at = { $day } tarihine dek bilinenlerle.
app-order-publish = Yayımla: değerlendirmesi ve özeti kayıt günlüğüne adımla girer
app-order-make = İste
app-orders = İstenenler
app-no-orders = Hiçbir şey istenmedi.
app-order-state-waiting = bekliyor
app-order-state-making = hazırlanıyor
app-order-state-ready = hazır
app-order-state-failed = olmadı
app-order-step-waiting = Sırasını bekliyor
app-order-step-reading = Kaydı okuyor ve değerlendiriyor
app-order-step-writing = Dosyayı yazıyor
app-order-fetch = İndir
app-kilobytes = { $size } kB
app-order-of = { $asOf } itibarıyla, { $knownAt } tarihine dek bilinenlerle
app-order-published = Yayımlandı; kayıt günlüğündeki adı
app-order-cancel = Geri al
app-order-remove = Kaldır
app-order-until = { $time } saatine dek saklanır

## Drafts
app-drafts-lede = Bir mutabakatın metni anlaşmaya dönüşür: makine taslak çıkarır, analist cümle cümle onaylar, düzeltir veya reddeder ve metnin açık bıraktıklarını yanıtlar.
app-drafts-kept = Taslaklar ve geçmişleri çalışma alanında saklanır.
app-drafts-not-kept = Bu sunucu taslakları yalnız çalıştığı sürece saklar. Kalması gerekeni indirin veya sunucuyu --keep-drafts ile başlatın.
app-drafts-there = Var olan taslaklar
app-no-drafts = Henüz taslak yok.
app-draft-new = Bir metnin taslağını çıkar
app-draft-new-hint = Düz metin, HTML, PDF veya DOCX, İngilizce; ya da metni yapıştırın. Sunucuda okunur, başka yere gönderilmez.
app-draft-document = Belge
app-draft-published = Yayım tarihi
app-draft-paste = Ya da metnin kendisi
app-draft-name = Metnin adı
app-draft-make = Taslağı çıkar
app-draft-making = Metin okunuyor
app-draft-left = { $count ->
    [0] Her şey karara bağlandı.
    [one] { $count } hüküm veya soru açık.
   *[other] { $count } hüküm ve soru açık.
  }
app-draft-only-open = Yalnız açık olanlar
app-draft-changed = Bu taslağın geçmişindeki { $line }. satır program dışında değiştirilmiş; artık bir şey eklenmiyor.
app-draft-confidence = Taslağın güveni: { $p }
app-draft-statement = Açıklama, kimseyi bağlamaz
app-decision-open = açık
app-decision-confirmed = onaylandı
app-decision-corrected = düzeltildi
app-decision-rejected = reddedildi
app-decision-added = eklendi
app-decision-answer = yanıtlandı
app-decision-leave_open = açık bırakıldı
app-decision-waits = gönderilmeyi bekliyor
app-decide-confirm = Onayla
app-decide-correct = Düzelt
app-decide-reject = Reddet
app-decide-reopen = Geri al
app-decide-save = Kaydet
app-draft-subject = Konusu
app-draft-quote = Alıntı, metindekiyle harfi harfine
app-draft-rest = Diğer alanlar, anlaşma dosyasındaki gibi (JSON)
app-draft-not-json = Diğer alanlar JSON değil.
app-draft-add = Bu cümleden hüküm ekle
app-draft-question = Metnin açık bıraktığı
app-draft-answer = Yanıtla
app-draft-leave-open = Açık bırak
app-draft-needs-reason = Açık bırakmak gerekçe ister
app-draft-no-answer = Bir yanıt verin veya soruyu gerekçesiyle açık bırakın.
app-draft-no-line = Bu dosyada GeoJSON biçiminde bir hat yok.
app-draft-side-first = Önce hattı ve bölgenin derinliğini verin.
app-draft-days-after = Gün
app-draft-after = Şundan başlayarak
app-draft-mode = Devriye biçimi
app-mode-joint = ortak
app-mode-coordinated = eşgüdümlü
app-mode-separate = ayrı ayrı
app-draft-measure = Mesafenin ölçtüğü
app-measure-depth = bir yanın derinliği
app-measure-width = toplam genişlik
app-draft-side = Çizim yönüne göre hattın tarafı
app-side-left = sol
app-side-right = sağ
app-side-both = her iki taraf
app-draft-times = Kaç kez
app-draft-per = Şu sürede
app-per-day = gün
app-per-week = hafta
app-per-month = ay
app-draft-least-km = En az, km
app-draft-most-km = En çok, km
app-draft-line-file = Hat, GeoJSON dosyası olarak
app-draft-left-of-line = Solunda
app-draft-right-of-line = Sağında
app-draft-time-zone = Saat dilimi
app-draft-head = Başlık, imza, taraflar
app-draft-title = Başlık
app-draft-parties = Taraflar
app-draft-party-name = Ad
app-draft-party-role = Rol
app-draft-party-new = Başka bir tarafın tanımlayıcısı (küçük harf, rakam, kısa çizgi)
app-party-role-guarantor = garantör
app-party-role-side = taraf
app-party-role-group = grup
app-party-role-supporter = destekleyen
app-party-role-observer = gözlemci
app-draft-finish = Bitirme
app-draft-faults = Şimdi onaylansaydı:
app-draft-confirmed = { $who } anlaşmayı onayladı: { $when }.
app-draft-confirm = Anlaşmayı onayla
app-draft-fetch-accord = Anlaşmayı indir (YAML)
app-draft-fetch-draft = Taslağı indir (YAML)
app-draft-fetch-package = Metin ve geçmişle birlikte hepsi (zip)
app-draft-history = { $count ->
    [one] { $count } karar
   *[other] { $count } karar
  }
app-history-confirm = Onaylandı
app-history-correct = Düzeltildi
app-history-reject = Reddedildi
app-history-reopen = Geri alındı
app-history-add = Eklendi
app-history-answer = Yanıtlandı
app-history-leave_open = Açık bırakıldı
app-history-head = Başlık veya tarihler belirlendi
app-history-part = Bölüm belirlendi
