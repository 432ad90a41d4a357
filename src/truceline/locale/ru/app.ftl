### Слова веб-приложения, которых нет в отчёте. Числа приходят числами.

## Рамка
app-nav = Экраны
app-home = К обязательствам
app-skip = К содержанию
app-search = Поиск
app-search-hint = Обязательство, место, экран или идентификатор
app-found-view = Экран
app-found-place = Место
app-settings = Язык, цвета, печать
app-language = Язык
app-theme = Цвета
app-theme-auto = как на устройстве
app-theme-light = светлые
app-theme-dark = тёмные, для ночного дежурства
app-print = Печать
app-print-foot = { $address } · напечатано { $when }
app-close = Закрыть
app-cancel = Отмена
app-open = Открыть
app-loading = Загрузка…
app-retry = Повторить
app-unreachable = Сервер недоступен. Прочитанное ранее остаётся доступным; то, что вы запишете, сохраняется здесь и будет отправлено, когда связь восстановится.
app-not-allowed = Ваша роль не позволяет это видеть или делать.
app-nothing-fits = Ничего подходящего нет.
app-more = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
    [many] и ещё { $count }
   *[other] и ещё { $count }
  }
app-choose = Выберите…
app-yes = да
app-no = нет
app-km = км

## Экраны
app-view-board = Обязательства
app-view-map = Карта
app-view-timeline = Шкала времени
app-view-desk = Инциденты
app-view-accord = Соглашение
app-view-designation = Определение групп

app-view-drafts = Проекты
app-view-cases = Дела
app-view-effort = Наблюдение
app-view-exports = Файлы
app-view-explain = Обоснование
app-view-log = Журнал
app-view-accounts = Учётные записи

## Вход
app-sign-in = Войти
app-sign-in-name = Имя
app-sign-in-password = Пароль
app-sign-in-code = Одноразовый код
app-sign-in-wrong = Неверное имя или пароль.
app-sign-in-code-wrong = Код неверен или уже был использован. Дождитесь следующего.
app-sign-in-first = Это первый пароль, его знает кто-то ещё. Выберите свой.
app-sign-in-new-password = Новый пароль
app-sign-in-wait = Слишком много попыток. Подождите минуту и повторите.
app-sign-out = Выйти
app-role = Роль
app-role-public = общественность
app-role-observer = обозреватель
app-role-liaison = связной стороны
app-role-analyst = аналитик
app-role-monitor = наблюдатель
app-role-administrator = администратор
app-role-change = Изменить роль
app-role-change-hint = Все сеансы этого лица завершатся, и ему нужно будет войти снова.

## Связь
app-offline = нет связи
app-waiting = { $count ->
    [one] { $count } запись ждёт отправки
    [few] { $count } записи ждут отправки
    [many] { $count } записей ждут отправки
   *[other] { $count } записи ждут отправки
  }
app-refused = { $count ->
    [one] { $count } запись отклонена
    [few] { $count } записи отклонены
    [many] { $count } записей отклонено
   *[other] { $count } записи отклонены
  }
app-waiting-title = Ждут отправки
app-kept-until-online = Сохранено на этом устройстве. Будет отправлено, как только восстановится связь, и дойдёт один раз.

## Два времени
app-as-of = На дату
app-as-of-long = Состояние на конец дня
app-as-of-hint = Что имело место в то время.
app-known-at = Известно к
app-known-at-long = По сведениям на конец дня
app-known-at-hint = Что было записано к тому времени, и ничего позже.
app-now = сейчас
app-back-to-now = Вернуться к настоящему
app-when-hint = Дни кончаются в полночь по времени { $zone }.
app-both-times = Два времени
app-since = С

## Клавиши
app-keys-title = Клавиши
app-key-search = Поиск
app-key-keys = Клавиши
app-key-new = Записать инцидент
app-keys-board = Следующее и предыдущее обязательство
app-keys-map = Двигать карту и менять масштаб
app-keys-timeline = На день назад и вперёд на ползунке времени
app-keys-dialog = Закрыть открытое

## Оповещения
app-alerts = Оповещения
app-dismiss = Убрать
app-becomes = становится

## Обязательства
app-board-search = Поиск по обязательствам
app-filter-status = Отбор по состоянию
app-order = Порядок
app-order-urgency = сначала самые срочные
app-order-due = по сроку
app-order-text = как в тексте
app-changed-since = Изменилось с вашего последнего просмотра, { $when }
app-no-change-since = С вашего последнего просмотра, { $when }, ничего не изменилось.
app-only-changed = Только эти
app-mark-seen = Просмотрено
app-new-obligation = новое
app-moved-up = на { $points } п. п. больше
app-moved-down = на { $points } п. п. меньше
app-kind = Вид
app-deadline = Срок

## Обоснование
app-explain-ask = Идентификатор обязательства, сообщения, зоны, линии, дела или предложения
app-own-page = На отдельной странице
app-in-the-text = в тексте
app-report-of = Сообщение { $id }
app-rule = Правило и его числа
app-rule-numbers = Числа правила
app-adds = К чему относится
app-adds-nothing = На эту дату не относится ни к одному обязательству.
app-same-incident = Другие сообщения о том же инциденте
app-same-incident-none = Других сообщений о нём не записано.
app-counts-not = не учитывается
app-recorded = Записано
app-prove = Доказать, что это записано

## Действия с сообщением
app-acts = Что можно сделать
app-corroborate = Добавить сообщение другого источника
app-corroborating = Ещё одно сообщение о том же инциденте, что и { $id }. Напишите, что сообщает ваш источник.
app-correct-hint = Записанное остаётся. Исправленные значения учитываются с этого момента, с вашим именем и обоснованием.
app-act-supersede = Исправить или оценить
app-act-retract = Отозвать
app-act-reinstate = Снова учитывать
app-act-dispute = Возразить
app-act-support = Поддержать
app-act-undispute = Отозвать сказанное ранее
app-dispute = Возразить или поддержать
app-in-the-name-of = От имени
app-own-name = от своего имени
app-reason = Обоснование
app-record = Записать
app-recorded-now = Записано.
app-throw-away = Отбросить

## Инциденты
app-desk-title = Записать инцидент
app-kind-of-incident = Что произошло
app-day = День
app-time = Время, если известно
app-last-day = Последний день, если их несколько
app-zone-hint = Дни и часы по времени { $zone }.
app-report-words = Что сообщается, словами источника
app-place = Место
app-place-map = Карта для выбора места
app-place-hint = Введите название или щёлкните по карте. Круг содержит истинное место с вероятностью 95%.
app-lon = Долгота
app-lat = Широта
app-error-m = Известно с точностью до, в метрах
app-who-and-how = Кто, сколько, откуда известно
app-actor = Кем
app-target = Против кого
app-count = Сколько
app-manner = Как наблюдалось
app-manner-seen = видели
app-manner-heard = слышали
app-manner-camera = камера
app-manner-unmanned_aircraft = беспилотный летательный аппарат
app-manner-satellite = спутник
app-manner-reported = сообщили другие
app-source = Источник
app-source-hint = оставьте пустым, если наблюдали вы сами
app-reliability = Надёжность источника
app-reliability-A = полностью надёжен
app-reliability-B = обычно надёжен
app-reliability-C = довольно надёжен
app-reliability-D = обычно не надёжен
app-reliability-E = не надёжен
app-reliability-F = нельзя оценить
app-credibility = Достоверность сведений
app-credibility-1 = подтверждены другими источниками
app-credibility-2 = вероятно верны
app-credibility-3 = возможно верны
app-credibility-4 = сомнительны
app-credibility-5 = маловероятны
app-credibility-6 = нельзя оценить
app-draft-kept = Черновик сохранён на этом устройстве в { $time }
app-similar = Возможно, тот же инцидент
app-newest = Записано последним
app-fault-kind = Укажите, что произошло.
app-fault-day = Укажите день.
app-fault-last-day = Последний день раньше первого.
app-fault-report = Напишите, что сообщается.
app-fault-place = Долгота и широта в градусах: обе или ни одной.
app-fault-error = Укажите, насколько точно известно место.
app-fault-count = Целое число.

## Карта
app-zoom-in = Крупнее
app-zoom-out = Мельче
app-span = Сообщения за
app-span-all = все даты
app-span-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
    [many] { $count } дней
   *[other] { $count } дня
  }
app-legend-accord = Соглашение
app-legend-reports = Сообщения
app-legend-ground = Местность
app-legend-areas = Сообщение показано областью, которая содержит истинное место с вероятностью 95%; знак посередине говорит о виде. Пунктир: вымышлено.
app-layer-unseen = Где никто не смотрел
app-km-from = { $km } км от: { $place }
app-in-a-zone = В зоне
app-unseen-nowhere = Нет участков, на которые никто не смотрел.
app-route-open = открыта
app-route-partly_open = открыта частично
app-route-closed = закрыта
app-route-unverified = не проверено
app-measure = Измерить
app-measure-hint = Щёлкайте по карте, чтобы измерить по эллипсоиду. Три места и более дают и площадь.
app-measure-centre = Добавить середину карты
app-measure-undo = Отменить
app-as-table = Таблицей

## Шкала времени
app-play = Проиграть
app-pause = Пауза
app-pace = Шаг
app-compare-with = Сравнить с
app-compare-title = { $one } и { $other }
app-compare-same = Между двумя датами ни одно состояние не различается.

## Соглашение
app-provisions = Положения
app-quotes = { $count ->
    [one] { $count } цитата
    [few] { $count } цитаты
    [many] { $count } цитат
   *[other] { $count } цитаты
  }
app-no-questions = В соглашении не отмечено вопросов толкования.
app-assess-so = Оценить при этом толковании

## Определение групп
app-designation-lede = Группа входит в перечень, когда подписала каждая сторона, чьё согласие нужно, своим ключом. Ваш ключ подписывает здесь, в этом браузере, и никуда не отправляется.
app-no-proposals = Предложений нет.
app-key-title = Ключ вашей стороны
app-key-hint = Выберите файл ключа вашей стороны. Он остаётся на этой странице, никуда не отправляется и забывается, когда страница закрыта или вы вышли.
app-key-file = Файл ключа
app-key-held = Ключ готов к подписи.
app-key-missing = Сначала выберите файл ключа вашей стороны.
app-key-form = Это не файл ключа этой программы.
app-key-passphrase = Парольная фраза файла ключа
app-key-unlock = Открыть ключ
app-key-wrong-passphrase = Парольная фраза не открывает этот файл ключа.
app-key-other-lock = Этот файл ключа закрыт неизвестным здесь способом. Возьмите файл, записанный командой { "truceline key new" }.
app-sign-with-key = Подписать ключом нашей стороны
app-signed-with-key = подписано ключом стороны
app-as-reported = как сообщено бюро
app-subject-accord = Соглашение
app-subject-zone = Зона
app-subject-line = Линия
app-propose = Предложить группу
app-propose-and-sign = Предложить и подписать
app-group = Группа
app-proposal-in-force = в силе
app-proposal-disputed = оспаривается
app-proposal-waiting = ждёт согласия
app-step-propose = Предложение
app-consented = Согласны
app-missing = Ещё не согласны
app-objected = Возражают
app-step-consent = Согласиться
app-step-object = Возразить
app-step-withdraw = Отозвать согласие

## Дела
app-cases-lede = Утверждения от расследования через вывод и ответ до устранения: за кем следующий шаг и до какого срока.
app-only-overdue = Только просроченные
app-no-cases = Таких дел нет.
app-case-open = Открыть дело
app-case-title = Название, без имён людей
app-allegation = Утверждение
app-case-observations = Идентификаторы сообщений
app-concerned = Стороны, которых это касается
app-opened = Открыто
app-office = бюро, ведущее запись
app-next-step = Далее: { $what }
app-is-due = срок { $day }
app-was-due = срок был { $day }
app-step = Шаг
app-party = Сторона
app-accepts = принимает вывод
app-rejects = отклоняет вывод
app-remedy-by = Устранить до
app-act-open = Открыто
app-act-inquiry = Расследование
app-act-visit = Посещение места
app-act-visit_refused = В посещении места отказано
app-act-finding = Вывод
app-act-answer = Ответ
app-act-remedy = Устранение
app-act-appeal = Обжалование
app-act-withdraw = Отозвано
app-act-reopen = Открыто вновь
app-act-link = Ещё сообщения или стороны
app-act-close = Закрыто

## Наблюдение
app-effort-lede = Где наблюдали и как долго, и где не наблюдал никто. «Не замечено» не то же, что «никто не смотрел».
app-effort-caption = Часы наблюдения по местам и неделям
app-hours = Часы
app-refused-count = Отказано
app-nobody-looked = никто не смотрел
app-elsewhere = вне всех зон

## Журнал
app-log-lede = Всё записанное находится в журнале, который нельзя изменить незаметно. Эта страница проверяет его в вашем браузере, не полагаясь на сервер.
app-head = Подписанная вершина журнала
app-entries = Записи
app-root = Корень
app-log-key = Ключ журнала
app-verify-head = Проверить вершину
app-download-head = Скачать вершину
app-head-kept = Этот браузер хранит вершину, которую проверил раньше: журнал должен её продолжать.
app-head-not-kept = Этот браузер ещё не проверял этот журнал. Сверьте ключ с бюро по другому каналу.
app-head-signed = Подпись верна, записей под ней: { $size }.
app-head-recorded = Записано { $when }.
app-head-continues = Журнал продолжает записи, которые этот браузер проверил ({ $size }): ничего в них не изменено и не удалено.
app-prove-title = Доказать запись
app-prove-hint = Укажите идентификатор сообщения или таблицу и номер.
app-leaf-in-tree = Запись { $index } из { $size } есть в дереве подписанной вершины.
app-leaf-content = Её содержание — то, что было записано.
app-leaf-withheld = Её содержание для вашей роли закрыто; что она записана, доказано.
app-leaf-recorded = Записано { $when }.
app-what-was-recorded = Что было записано
app-proof-good = Доказано
app-proof-bad = Не доказано:
app-no-ed25519 = этот браузер не умеет проверять подписи Ed25519.
app-proof-form = доказательство не той формы.
app-proof-key = это не ключ журнала.
app-head-unsigned = эта вершина никем не подписана: у сервера нет ключа журнала.
app-proof-key-changed = у журнала другой ключ, чем при вашем первом посещении.
app-proof-other-log = вершина другого журнала.
app-proof-signature = вершина не подписана этим ключом.
app-proof-path = путь не ведёт к корню.
app-proof-shrunk = в журнале меньше записей, чем в сохранённой вершине.
app-proof-rewritten = журнал не продолжает сохранённую вершину: он переписан.
app-proof-nothing = доказательство ничего не доказывает.
app-proof-not-in-tree = записи нет в дереве вершины.
app-proof-content = содержание не то, что было записано.
app-proof-other-thing = содержание о другом, чем спрошено.
app-proof-not-continued = доказательство не продолжает сохранённую вершину.

## Учётные записи
app-account-new = Новая учётная запись
app-account-make = Создать учётную запись
app-account-made = Учётная запись { $name } создана.
app-account-since = С
app-account-end = Закрыть
app-account-reopen = Открыть вновь
app-first-password = Первый пароль
app-second-factor = Одноразовые коды
app-second-factor-off = Отменить одноразовые коды
app-readings-log = Кто читал какие чувствительные данные
app-sign-ins = Кто входил или пытался войти
app-sign-ins-failed = Только неудачные попытки
app-sign-in-outcome-signed-in = вход выполнен
app-sign-in-outcome-wrong-name = нет такой учётной записи
app-sign-in-outcome-wrong-password = неверный пароль
app-sign-in-outcome-wrong-code = неверный одноразовый код
app-sign-in-outcome-locked = вход закрыт после многих попыток
app-sign-in-outcome-ended = учётная запись закрыта
app-sign-in-outcome-first-password-expired = первый пароль больше не действует
app-sign-in-way-password = с паролем
app-sign-in-way-provider = через поставщика
app-sign-in-way-local = по адресу, выведенному сервером
app-sign-in-way-device = как устройство
app-sessions = Где выполнен ваш вход
app-session-times = С { $since }, последнее обращение { $seen }
app-session-this = Этот браузер
app-session-end = Завершить этот сеанс

## Своя учётная запись и фотографии
app-own-account = Своя учётная запись
app-password-change = Сменить пароль
app-password-old = Нынешний пароль
app-password-old-wrong = Нынешний пароль указан неверно.
app-password-new = Новый пароль
app-codes-asked = При входе спрашиваются одноразовые коды.
app-codes-begin = Впредь спрашивать одноразовые коды
app-codes-hint = Отсканируйте этот код приложением-аутентификатором или введите в него секрет, стоящий ниже, и подтвердите кодом из него. После этого войдите снова.
app-codes-qr = { "QR" }-код секрета для одноразовых кодов
app-codes-open = Открыть в приложении-аутентификаторе
app-codes-confirm = Подтвердить
app-photographs = Фотографии
app-photograph = Фотография { $number }
app-photograph-add = Добавить фотографию (сведения о месте и камере из неё удаляются)

## Местность: глубина, секторы, наблюдение рядом с числами, ход
layer-depth = Глубина зон вдоль линии
layer-sectors = Секторы
layer-coverage = Доля каждого сектора, охваченная патрулями
app-legend-watch = Что наблюдалось
app-depth = Глубина
app-depth-of = Глубина: { $zone }
app-depth-title = Глубина вдоль линии: { $zone }
app-depth-none = Глубина этой зоны от одной линии не обещана, поэтому проверять нечего.
app-depth-promised = Обещанная глубина, км
app-depth-measured = Глубина зоны
app-depth-limited = Ограничена изгибами самой линии: это не недостача
app-depth-short = Недостаточная глубина
app-depth-over = Глубже обещанного
app-depth-left = Слева от линии
app-depth-right = Справа от линии
app-depth-verdict = Как обещано на { $share } линии; глубина от { $least } до { $most } км.
app-depth-uncertain = Линия известна недостаточно точно, чтобы утверждать это.
app-depth-place = Место на линии
app-depth-hint = Наведите на график или двигайте ползунок стрелками, чтобы увидеть каждое место на карте.
app-depth-at = На { $along } км линии глубина зоны { $depth } км; обещано: { $promised } км.
app-depth-at-short = Не хватает { $km } км.
app-depth-at-over = Больше на { $km } км.
app-depth-at-limited = Изгибы самой линии не оставляют здесь больше земли.
app-depth-caption = Линия по отрезкам в сравнении с обещанной глубиной
app-depth-along = Вдоль линии, км
app-depth-state = Глубина там
app-depth-deep = Глубина, км
app-depth-by = в худшем месте на { $km } км
app-depth-state-within = как обещано
app-depth-state-limited = меньше из-за изгибов самой линии
app-depth-state-short = недостаточно глубоко
app-depth-state-over = глубже обещанного
app-area = Площадь
app-by-party = По сторонам
app-patrolled = охвачено патрулями { $share }
app-patrolled-range = охвачено патрулями { $least }–{ $most }
app-patrolled-none = патрулей не было
app-patrolled-unknown = нет данных о патрулях
app-watched = Наблюдали { $hours } ч за { $count ->
    [one] { $shown } день
    [few] { $shown } дня
    [many] { $shown } дней
   *[other] { $shown } дня
  }.
app-watched-nobody = На { $share } местности никто не смотрел.
app-watched-none = Никто не смотрел: отсутствие сообщений ничего не говорит.
app-watched-hours = Наблюдали { $hours } ч
app-nobody-watched = Никто не смотрел
app-lane-watched = { $hours } ч наблюдения; { $share } времени никто не смотрел.
app-effort-on-map = Показать на карте, где никто не смотрел
app-case-reports = { $count ->
    [0] Сообщений нет.
    [one] { $shown } сообщение.
    [few] { $shown } сообщения.
    [many] { $shown } сообщений.
   *[other] { $shown } сообщения.
  }
app-case-watched = За тридцать дней до открытия:
app-trend = За { $count ->
    [one] последнюю неделю
    [few] последние { $count } недели
    [many] последние { $count } недель
   *[other] последние { $count } недели
  }: { $told }
app-trend-from = с { $day } { $status }
app-found-zone = Зона
app-found-sector = Сектор
app-found-route = Дорога
app-found-town = Место
app-found-district = Район

## Files
app-exports-lede = Данные и доклады файлами, в редакции, которую может видеть ваша роль. В каждом указано, по состоянию на когда и по каким сведениям; долгое готовится на сервере.
app-order-new = Заказать файл
app-order-what = Что
app-order-report = Доклад
app-order-data = Данные
app-order-format = Формат
app-order-edition = Редакция
app-edition-public = для общественности
app-edition-parties = для сторон
app-edition-internal = внутренняя, не для передачи
app-order-period = Период
app-period-all = со дня подписания
app-period-day = день
app-period-week = неделя
app-period-month = месяц
app-format-gpkg = { "GeoPackage" }
app-format-geojson = { "GeoJSON" }
app-format-csv = { "CSV" } с метками { "HXL" }
app-format-parquet = { "GeoParquet" }
app-format-zip = пакет данных ({ "zip" })
app-format-html = страница (HTML)
app-format-pdf = PDF
app-format-docx = документ { "Word" }
app-export-observations = Наблюдения
app-export-zones = Зоны и полосы
app-export-lines = Линии
app-export-routes = Дороги
app-export-obligations = Обязательства
app-export-effort = Где велось наблюдение
app-export-patrols = Патрулирование
app-export-weapons = Учёт вооружений
app-export-corrections = Исправления
app-order-standing = Только учитываемые наблюдения, без снятых исправлениями
app-order-as-of = По состоянию на { $day }.
app-order-newest = По состоянию на последнюю запись; другой день выбирается вверху страницы.
app-order-known-at = По сведениям на { $day }.
app-order-publish = Опубликовать: его оценка и контрольная сумма войдут в журнал под моим именем
app-order-make = Заказать
app-orders = Заказано
app-no-orders = Ничего не заказано.
app-order-state-waiting = ожидает
app-order-state-making = готовится
app-order-state-ready = готово
app-order-state-failed = не удалось
app-order-step-waiting = Ждёт очереди
app-order-step-reading = Читает и оценивает записи
app-order-step-writing = Пишет файл
app-order-fetch = Скачать
app-kilobytes = { $size } кБ
app-order-of = По состоянию на { $asOf }, по сведениям на { $knownAt }
app-order-published = Опубликовано, в журнале как
app-order-cancel = Отозвать
app-order-remove = Убрать
app-order-until = Хранится до { $time }

## Drafts
app-drafts-lede = Текст договорённости становится машиночитаемым соглашением: машина составляет проект, аналитик подтверждает, исправляет или отклоняет по предложениям и отвечает на то, что текст оставил открытым.
app-drafts-kept = Проекты и их история хранятся в рабочей папке.
app-drafts-not-kept = Этот сервер хранит проекты, только пока работает. Скачайте то, что должно остаться, или запустите его с { "--keep-drafts" }.
app-drafts-there = Имеющиеся проекты
app-no-drafts = Проектов пока нет.
app-draft-new = Составить проект по тексту
app-draft-new-hint = Обычный текст, HTML, PDF или { "DOCX" }, на английском; или вставьте текст. Он читается на сервере и больше никуда не отправляется.
app-draft-document = Документ
app-draft-published = Опубликован
app-draft-paste = Или сам текст
app-draft-name = Название текста
app-draft-make = Составить
app-draft-making = Текст читается
app-draft-left = { $count ->
    [0] Всё решено.
    [one] Открыто { $count } положение или вопрос.
    [few] Открыто { $count } положения и вопроса.
    [many] Открыто { $count } положений и вопросов.
   *[other] Открыто { $count } положения и вопроса.
  }
app-draft-only-open = Только открытое
app-draft-changed = Строка { $line } истории этого проекта изменена вне программы; больше в неё ничего не добавляется.
app-draft-confidence = Уверенность проекта: { $p }
app-draft-statement = Заявление, никого не обязывает
app-decision-open = открыто
app-decision-confirmed = подтверждено
app-decision-corrected = исправлено
app-decision-rejected = отклонено
app-decision-added = добавлено
app-decision-answer = есть ответ
app-decision-leave_open = оставлено открытым
app-decision-waits = ждёт отправки
app-decide-confirm = Подтвердить
app-decide-correct = Исправить
app-decide-reject = Отклонить
app-decide-reopen = Вернуть
app-decide-save = Сохранить
app-draft-subject = О чём
app-draft-quote = Цитата, буква в букву как в тексте
app-draft-rest = Другие поля, как в файле соглашения ({ "JSON" })
app-draft-not-json = Другие поля — не { "JSON" }.
app-draft-add = Добавить положение из этого предложения
app-draft-question = Текст оставляет открытым
app-draft-answer = Ответить
app-draft-leave-open = Оставить открытым
app-draft-needs-reason = Чтобы оставить открытым, нужно обоснование
app-draft-no-answer = Дайте ответ или оставьте вопрос открытым с обоснованием.
app-draft-no-line = В этом файле нет линии в формате { "GeoJSON" }.
app-draft-side-first = Сначала укажите линию и глубину зоны.
app-draft-days-after = Дней
app-draft-after = Считая от
app-draft-mode = Как патрулируют
app-mode-joint = совместно
app-mode-coordinated = согласованно
app-mode-separate = раздельно
app-draft-measure = Что измеряет расстояние
app-measure-depth = глубину одной стороны
app-measure-width = общую ширину
app-draft-side = Сторона линии, по направлению её черчения
app-side-left = левая
app-side-right = правая
app-side-both = обе
app-draft-times = Сколько раз
app-draft-per = За
app-per-day = день
app-per-week = неделю
app-per-month = месяц
app-draft-least-km = Не менее, км
app-draft-most-km = Не более, км
app-draft-line-file = Линия, файл { "GeoJSON" }
app-draft-left-of-line = Слева от неё
app-draft-right-of-line = Справа от неё
app-draft-time-zone = Часовой пояс
app-draft-head = Название, подписание, стороны
app-draft-title = Название
app-draft-parties = Стороны
app-draft-party-name = Название
app-draft-party-role = Роль
app-draft-party-new = Идентификатор ещё одной стороны (строчные латинские буквы, цифры, дефисы)
app-party-role-guarantor = гарант
app-party-role-side = сторона
app-party-role-group = группа
app-party-role-supporter = поддерживающий
app-party-role-observer = наблюдатель
app-draft-finish = Завершение
app-draft-faults = Если подтвердить сейчас:
app-draft-confirmed = { $who }: соглашение подтверждено { $when }.
app-draft-confirm = Подтвердить соглашение
app-draft-fetch-accord = Скачать соглашение ({ "YAML" })
app-draft-fetch-draft = Скачать проект ({ "YAML" })
app-draft-fetch-package = Всё, с текстом и историей ({ "zip" })
app-draft-history = { $count ->
    [one] { $count } решение
    [few] { $count } решения
    [many] { $count } решений
   *[other] { $count } решения
  }
app-history-confirm = Подтверждено
app-history-correct = Исправлено
app-history-reject = Отклонено
app-history-reopen = Возвращено
app-history-add = Добавлено
app-history-answer = Дан ответ
app-history-leave_open = Оставлено открытым
app-history-head = Заданы название или даты
app-history-part = Задана часть
