# Bir karşılaştırmanın sayılarına olduğundan fazla anlam yüklenmesine karşı duranlar.

## Bir günden önce ve sonra

caveat-reported = Bunlar birinin bildirdiği olaylardır: kimsenin görmediği veya anlatmadığı bunların içinde yoktur ve her bildirimin ne kadar doğru olduğu tartılmamıştır.
caveat-effort-both = Birinin gözlem yaptığı bilinen saatler: önce { $before }, sonra { $after }. Erişimin reddedildiği veya geciktirildiği kez: önce { $refused-before }, sonra { $refused-after }. Gözlem saatine göre oranlar saatleri hesaba katar, nerede gözlem yapıldığını katmaz.
caveat-effort-not-either = Hiçbir zaman aralığında kayıtlı gözlem saati yok: bildirimlerdeki azalma gözlemdeki azalma olabilir ve oranlar buna bölünemez.
caveat-effort-not-before = Öncesinde kayıtlı gözlem saati yok: bildirimlerdeki değişme gözlemdeki değişme olabilir ve oranlar buna bölünemez.
caveat-effort-not-after = Sonrasında kayıtlı gözlem saati yok: bildirimlerdeki azalma gözlemdeki azalma olabilir ve oranlar buna bölünemez.
caveat-season = Aynı günlerde { $years ->
    [one] { $years-shown } yıl
   *[other] { $years-shown } yıl
  } önce: olaylar önce { $before }, sonra { $after }.
caveat-season-ratio = Aynı günlerde { $years ->
    [one] { $years-shown } yıl
   *[other] { $years-shown } yıl
  } önce: olaylar önce { $before }, sonra { $after }, oran { $ratio }.
caveat-season-not-reached = Kayıt, daha önceki bir yılın aynı günlerine uzanmıyor: hasat, hava ve bayramlar da sayıları değiştirebilir; bunların etkisi çıkarılmamıştır.
caveat-reporting = Bildirimler değişti. Yalnızca günden önce bildiren kaynaklar: { $only-before }; yalnızca sonra: { $only-after }; her iki tarafta: { $both }. Her iki tarafta bildirenlerin olayları: önce { $before }, sonra { $after }.
caveat-still-coming = Son günlerin bildirimleri eksik olabilir. Günden önceki olayların en geç onda biri, bittikten bu kadar gün veya daha sonra kaydedildi: { $late }. İkinci aralığın sonu ile sayılan kayıt arasındaki gün: { $since }.
caveat-clusters-before = Olaylar kümeler hâlinde geliyor: günden önce günlük sayıların varyansı ortalamalarının { $dispersion } katı; bağımsız olaylarda 1 olurdu. Aralıklar bağımsız olaylar için geçerlidir ve burada fazla dardır.
caveat-clusters-after = Olaylar kümeler hâlinde geliyor: günden sonra günlük sayıların varyansı ortalamalarının { $dispersion } katı; bağımsız olaylarda 1 olurdu. Aralıklar bağımsız olaylar için geçerlidir ve burada fazla dardır.
caveat-unplaced = { $incidents ->
    [one] { $incidents-shown } olayın zamanı tek bir aralığa konulamayacak kadar belirsiz; hiçbirinde yer almıyor.
   *[other] { $incidents-shown } olayın zamanı tek bir aralığa konulamayacak kadar belirsiz; hiçbirinde yer almıyor.
  }
caveat-synthetic = Bunlardan uydurulmuş kanıt olan olaylar: { $incidents-shown }.
caveat-not-linked = Kayıt, bildirimlerin şimdi ilişkilendirilemeyeceği kadar büyük: tek bir olayın bildirimleri birden çok kez sayılmış olabilir.
caveat-not-looked-at = Bakılmayanlar: olayların ne kadar ağır olduğu, günün iki yanında başka ne olduğu, sahayı kimin denetlediği ve neden bir şeyin değiştiği. Birinin ötekinden sonra gelmesi onu nedeni yapmaz.

## Zaman içinde birkaç anlaşma

caveat-not-alike = Anlaşmalar farklı şeyler vaat eder ve kolay tutulan bir yükümlülük zor olan kadar sayılır: sayılar tablosu bir sıralama değildir.
caveat-watched = Anlaşmalar farklı ölçüde gözleniyor: { $each }.
caveat-watched-one = { $accord } (gözlemler: { $observations }, en çok gözlendiği yerdeki gözlem saatleri: { $hours })
caveat-open = { $accords } için yerine getirilmesi gerekenlerin çoğu doğrulanmamış veya tartışmalı: bilinmeyen ne tutulmuş ne de bozulmuştur.
caveat-not-looked-at-accords = Bakılmayanlar: bir ihlalin ne kadar ağır olduğu, kimin sorumlu olduğu, anlaşmaların nelerin ardından imzalandığı ve bir metnin ne istediğini ötekinden daha açık söyleyip söylemediği.
