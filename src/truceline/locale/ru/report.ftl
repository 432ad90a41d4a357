### Слова страницы отчёта.
### Числа и даты приходят текстом, уже записанные для языка.

## Что это за страница
report-title = { $title }: отчёт
report-kicker = Отчёт о соглашении
report-lede = Что предусмотрено соглашением, каково состояние каждого обязательства на выбранную дату, насколько это достоверно и на какие сообщения опирается.
report-skip = Перейти к обязательствам
report-no-script = В этом браузере сценарии не выполняются. Выбор даты, обязательства, тексты и таблицы работают; для карты нужен сценарий, а таблица под ней содержит те же сообщения.
report-generator = Составлено: { $generator }

## Сведения в начале
fact-signed = Подписано
fact-status = Версия
fact-version = { $status }, версия { $version }
fact-time-zone = Часовой пояс
fact-data-current = Данные по состоянию на
fact-known-at = Известно на
fact-ruleset = Свод правил
fact-reading = Толкование
fact-reports = Сообщения
fact-reading-adopted = как принято в соглашении
fact-none = не указано
accord-status-draft = проект
accord-status-confirmed = подтверждено
accord-status-superseded = заменено

## Выбор даты
dates-legend = Состояние на
dates-end-of = конец дня { $day }
dates-hint = Выбранная дата меняет обязательства, карту и шкалу времени вместе.
serve-legend = Оценить на другую дату
serve-label = На дату
serve-button = Оценить

## Разделы
nav-label = Разделы страницы
section-board = Обязательства
section-map = Карта
section-timeline = Шкала времени
section-zones = Зоны
section-comparison = Проект и подтверждённое соглашение
section-readings = Толкования
section-evidence = Данные
section-texts = Тексты
section-method = Метод и пределы

## Состояния
status-not_due = Срок не наступил
status-in_progress = Выполняется
status-met = Выполнено
status-met_late = Выполнено с опозданием
status-overdue = Просрочено
status-unverified = Не проверено
status-holding = Соблюдается
status-breached = Нарушено
status-disputed = Оспаривается
status-meaning-not_due = ещё ничего не причитается, ничего не замечено
status-meaning-in_progress = до срока, есть продвижение
status-meaning-met = сделано к сроку
status-meaning-met_late = сделано после срока
status-meaning-overdue = срок истёк, есть данные, что это не сделано
status-meaning-unverified = данных недостаточно ни для того, ни для другого; молчание не означает ни соблюдения, ни нарушения
status-meaning-holding = постоянное обязательство без подтверждённого нарушения
status-meaning-breached = подтверждённое нарушение
status-meaning-disputed = достоверные данные с обеих сторон или официальное возражение стороны
legend-statuses = Что означают состояния

## Виды обязательств
kind-cessation = Прекращение действий
kind-zone = Зона
kind-weapons_withdrawal = Отвод вооружения
kind-forces_withdrawal = Отвод сил
kind-designation = Определение групп
kind-patrols = Патрули
kind-routes = Дорога
kind-verification = Верификация
kind-ceiling = Предельное количество
kind-restriction = Ограничение
kind-other = Прочее

## Вероятности. Слова — по шкале правдоподобия МГЭИК.
likelihood-virtually-certain = Практически определённо
likelihood-very-likely = Весьма вероятно
likelihood-likely = Вероятно
likelihood-even = Настолько же вероятно, насколько и нет
likelihood-unlikely = Маловероятно
likelihood-very-unlikely = Весьма маловероятно
likelihood-exceptionally-unlikely = Исключительно маловероятно
claim-breached = { $likelihood }, что нарушено
claim-done = { $likelihood }, что выполнено
claim-not-done = { $likelihood }, что не выполнено
claim-not-breached = { $likelihood }, что не нарушено
claim-fulfilled = { $likelihood }, что соблюдено
p-fulfilled = Выполнено
p-breached = Нарушено
p-label = Вероятности
likelihood-scale = Слова для вероятностей следуют шкале правдоподобия МГЭИК (2010): практически определённо — от 99 %, весьма вероятно — от 90 %, вероятно — от 66 %, настолько же вероятно, насколько и нет, — от 33 %, маловероятно — от 10 %, весьма маловероятно — от 1 %, исключительно маловероятно — ниже.

## Краткое изложение
summary-title = Вкратце
summary-as-of = По состоянию на { $when }
summary-changes = Изменилось с { $when }
summary-no-changes = С { $when } ни одно состояние не изменилось.
summary-first = Первая дата этого отчёта.
summary-change = { $title }: { $before } → { $after }
summary-synthetic = { $count ->
    [one] { $shown } только на вымышленных данных
    [few] { $shown } только на вымышленных данных
    [many] { $shown } только на вымышленных данных
   *[other] { $shown } только на вымышленных данных
  }
summary-considered = { $count ->
    [one] Учтено { $shown } сообщение.
    [few] Учтено { $shown } сообщения.
    [many] Учтено { $shown } сообщений.
   *[other] Учтено { $shown } сообщения.
  }

## Обязательства
board-hint = Откройте обязательство, чтобы увидеть обоснования, сообщения за ними и слова соглашения.
board-empty = В соглашении нет обязательств.
board-synthetic = только на вымышленных данных
board-partly-synthetic = отчасти на вымышленных данных
board-due = Срок { $day }
board-no-deadline = Без срока
board-standing = Постоянное обязательство
board-days-left = { $count ->
    [one] остался { $shown } день
    [few] осталось { $shown } дня
    [many] осталось { $shown } дней
   *[other] осталось { $shown } дня
  }
board-days-after = { $count ->
    [one] { $shown } день после срока
    [few] { $shown } дня после срока
    [many] { $shown } дней после срока
   *[other] { $shown } дня после срока
  }
board-day-of = последний день
board-day-over = срок только что истёк
board-since = с { $day }
board-history = Состояние по датам
board-reasons = Обоснования
board-no-reasons = Оценка не дала обоснования.
board-evidence = Сообщения в пользу этой оценки
board-counter = Сообщения против неё
board-no-evidence = Сообщений об этом нет.
board-more = { $count ->
    [one] и ещё { $shown } в таблице данных
    [few] и ещё { $shown } в таблице данных
    [many] и ещё { $shown } в таблице данных
   *[other] и ещё { $shown } в таблице данных
  }
board-show-all = Показать их в таблице данных
board-quote = Слова соглашения
board-quote-none = Цитата не записана.
board-binds = Обязывает
board-binds-nobody = никого поимённо
board-condition = Условие
board-exemptions = Исключения
board-depends = Зависит от
board-deadline-words = Срок в тексте
board-note = Примечание
board-effort = Наблюдение
board-effort-none = Не записано, чтобы кто-либо наблюдал: молчание здесь ничего не значит.
board-effort-hours = часов наблюдения: { $hours }
board-effort-refused = { $count ->
    [one] отказ в доступе { $shown } раз
    [few] отказ в доступе { $shown } раза
    [many] отказ в доступе { $shown } раз
   *[other] отказ в доступе { $shown } раза
  }
board-finding = Вывод
board-parts = По сторонам или классам
board-readings = Зависит от толкования
board-readings-hint = При разных толкованиях текста оценка различна:
board-reading-assessed = учитывается здесь
board-factors = Почему вес { $probability }
board-id = Обозначение
finding-none = нет
finding-possible = возможный
finding-probable = вероятный
finding-confirmed = подтверждённый
factor-report = сообщение верно
factor-inquiry = расследование ошибочно
factor-inside = внутри района
factor-about = речь об этом
factor-on_route = на дороге
factor-time = в пределах времени
factor-party = со стороны участника
factor-target = против защищаемых
factor-weapon = такое вооружение
factor-forces = такие силы
factor-meant = имеется в виду это
factor-shows = показывает это
factor-verifier = со стороны проверяющих
factor-whole = всё целиком
factor-not_exempt = не исключено
factor-altitude = высота не указана
factor-declared_complete = перечень полон
said-by = слова: { $speaker }

## Данные
evidence-hint = Одна строка — одно сообщение одного источника об одном событии. Записанное не правится; несколько сообщений об одном инциденте засчитываются один раз.
evidence-search = Поиск
evidence-kind = Что
evidence-source = Источник
evidence-all = все
evidence-hide-synthetic = Скрыть вымышленные
evidence-only-counted = Только учитываемое на выбранную дату
evidence-reset = Сбросить отбор
evidence-showing = строк: { $shown } из { $all }
evidence-empty = Под этот отбор не подходит ни одна строка.
evidence-none = Данных пока нет. Их принимает команда: truceline ingest
evidence-omitted = { $count ->
    [one] Ещё { $shown } сообщение есть в рабочей папке и здесь не показано; в оценке оно учтено.
    [few] Ещё { $shown } сообщения есть в рабочей папке и здесь не показаны; в оценке они учтены.
    [many] Ещё { $shown } сообщений есть в рабочей папке и здесь не показаны; в оценке они учтены.
   *[other] Ещё { $shown } сообщения есть в рабочей папке и здесь не показаны; в оценке они учтены.
  }
evidence-table = Данные, по одному сообщению в строке
col-number = №
col-when = Когда
col-what = Что
col-where = Где
col-who = Кто
col-report = Сообщение
col-source = Источник и оценка
col-original = Подлинник
within-km = с точностью до { $km } км
no-place = место не указано
against = против: { $targets }
nobody = не назван
unknown = неизвестно
rated = оценка { $rating }
rating-none = без оценки
row-of = { $file }, строка { $row }
recorded = записано { $day }
killed = { $count ->
    [one] сообщено о гибели { $shown } человека
    [few] сообщено о гибели { $shown } человек
    [many] сообщено о гибели { $shown } человек
   *[other] сообщено о гибели { $shown } человека
  }
mark-synthetic = вымышлено
mark-claim = утверждение
mark-retracted = отозвано
mark-superseded = заменено
mark-disputed = оспаривается
mark-later = после выбранной даты
mark-incident = { $count ->
    [one] { $shown } сообщение об этом инциденте
    [few] { $shown } сообщения об этом инциденте
    [many] { $shown } сообщений об этом инциденте
   *[other] { $shown } сообщения об этом инциденте
  }
synthetic-note = Вымышленные данные составлены для примера генератором с заданным началом и нигде не происходили. Они помечены словом «вымышлено» всюду, где показаны.
claim-note = Утверждение — это то, что кто-либо говорит о своём или чужом поведении, а не наблюдение.
show-on-map = Показать на карте
show-in-table = Показать в таблице

## Карта
map-label = Карта зоны, линии соприкосновения и сообщённых событий
map-hint = Стрелки двигают карту, плюс и минус меняют масштаб. Каждое сообщение нанесено как площадь, в которой его истинное место лежит с вероятностью 95 %, но не как точка.
map-layers = Слои
map-legend = Условные обозначения
map-basemap = Основа карты
layer-zones = Зоны
layer-lines = Линии соприкосновения
layer-routes = Дороги
layer-towns = Населённые пункты
layer-districts = Районы
layer-military = Военные действия
layer-withdrawal = Присутствие и отвод
layer-access = Дороги, патрули, наблюдение
layer-other = Прочие сообщения
layer-synthetic = Вымышленные сообщения
map-line-approximate = Приблизительно, известно с точностью до { $km } км
map-line-exact = известно с точностью до { $km } км
map-zone-inner = { $name }: в пределах { $km } км от линии, в зоне при любом толковании её глубины
map-zone-outer = { $name }: от { $from } до { $to } км от линии, может быть в зоне
map-zone-inner-along = { $name }: в пределах { $km } км от линии, как согласовано для каждой её стороны и участка, в зоне при любом толковании её глубины
map-zone-outer-along = { $name }: в пределах { $km } км от линии, как согласовано для каждой её стороны и участка, может быть в зоне
map-zone-plain = { $name }
map-band = где может проходить линия
route-state-reopened = Вновь открыта
route-state-partly_open = Частично открыта
route-state-closed = Закрыта
route-state-unverified = Не проверено
map-route = { $name }, нанесена с точностью до { $km } км
map-unplaced = Сообщения без места
map-unplaced-none = У каждого сообщения, учтённого на эту дату, есть место.
map-north = Север
map-unavailable = Для карты нужен сценарий. Таблица данных ниже содержит те же сообщения с их местами и погрешностями.
map-table = То, что показывает карта, таблицей
map-credit = Границы и населённые пункты: { $credits }. Границы и названия не выражают какого-либо мнения о статусе территорий.
map-reset = Вся область
map-table-name = Название
map-table-kind = Вид
map-table-place = Долгота, широта
map-table-known = Насколько известно
zone-area_of_separation = Район разъединения
zone-area_of_limitation = Район ограничения
zone-exclusion = Запретная зона
zone-sector = Сектор
zone-other = Зона
zone-band = Полоса
map-group = сообщений об этом месте: { $count }
map-symbols = Знак в середине указывает вид, число — сколько сообщений относится к месту; старые сообщения бледнеют.
map-no-geometry = В соглашении нет линии, зоны или дороги, которую можно нанести.

## Шкала времени
timeline-label = Шкала времени сообщений и сроков
timeline-hint = Стрелки влево и вправо переходят по сообщениям, вверх и вниз меняют ряд, Enter выбирает.
timeline-deadline = { $count ->
    [one] срок { $day }
    [few] { $shown } срока { $day }
    [many] { $shown } сроков { $day }
   *[other] { $shown } срока { $day }
  }
timeline-signed = подписано { $day }
timeline-as-of = на { $day }
timeline-outside = { $count ->
    [one] { $shown } сообщение лежит вне показанного времени; оно есть в таблице данных.
    [few] { $shown } сообщения лежат вне показанного времени; они есть в таблице данных.
    [many] { $shown } сообщений лежат вне показанного времени; они есть в таблице данных.
   *[other] { $shown } сообщения лежат вне показанного времени; они есть в таблице данных.
  }
timeline-key-report = сообщение
timeline-key-claim = утверждение или заявление
timeline-key-synthetic = вымышлено
timeline-key-size = Более крупный знак объединяет несколько сообщений одного дня; серые — после выбранной даты.
timeline-empty = Нет сообщений, которые можно показать.
timeline-mark = { $day }: { $what }
timeline-mark-many = { $day }: сообщений { $count }, { $what }
lane-any_military_action = Военные действия
lane-presence = Присутствие
lane-withdrawal = Отвод
lane-patrol = Патрули
lane-route = Дороги
lane-political = Заявления
lane-control = Контроль
lane-effort = Наблюдение
lane-restricted_act = Ограниченные действия
lane-other = Прочее

## Зоны
zones-none = Зоны соглашения нанести не удалось, поэтому их глубина не проверена.
zones-hint = Имеет ли зона предусмотренную глубину всюду вдоль своей линии?
zones-verdict = Вывод
zones-promised = Предусмотренная глубина
zones-range = от { $min } до { $max } км
zones-as-agreed = , как согласовано для каждого участка линии:
zones-promised-stretch = с { $from } по { $to } км: { $depth } км
zones-measured = Измеренная глубина
zones-measured-value = от { $min } до { $max } км, в среднем { $mean } км
zones-share = В предусмотренных пределах
zones-share-value = { $share } линии
zones-area = Площадь
zones-area-value = { $area } км²
zones-chart = Глубина: { $zone }; вдоль линии: { $line }
zones-axis-along = км вдоль линии
zones-axis-depth = глубина, км
zones-shortfalls = Слишком мелко
zones-excesses = Слишком глубоко
zones-stretch = с { $from } по { $to } км, не более чем на { $worst } м
zones-promised-band = предусмотрено
zones-true = От истинной линии
zones-true-hint = Где проходит истинная линия, точно не известно: с вероятностью 95 % в каждом месте она лежит в пределах { $km } км от нанесённой здесь. Где она проходит иначе, зона глубже или мельче, чем показано.
zones-true-depth = Глубина может быть
zones-true-share = Ожидается в предусмотренных пределах
zones-true-share-value = { $share } линии; с вероятностью 95 % — от { $low } до { $high }
zones-true-shallow = Где-либо слишком мелко
zones-true-deep = Где-либо слишком глубоко
zones-true-chance = { $likelihood }, { $p }
zones-true-area = Площадь, погрешность
zones-true-area-value = { $error } км² (стандартная ошибка)
zones-key-profile = глубина от нанесённой линии
zones-key-bounds = глубина от истинной линии: где угодно в этих пределах, с вероятностью 95 % в каждом месте
zones-key-promised = предусмотренная глубина
zones-title = { $zone }, { $side } от её линии
zones-certain = { $verdict }, какова бы ни была истинная линия
zones-uncertain = { $verdict }; истинная линия могла бы это изменить
zones-limited = Сплошная: глубину ограничивает зона. Пунктир: её ограничивают изгибы самой линии, так как местность дальше ближе к другой её части; это не недостаток и считается в предусмотренных пределах.
side-left = слева
side-right = справа
verdict-as_promised = как предусмотрено
verdict-within_uncertainty = отличается, но не более чем на погрешность линии
verdict-too_shallow = местами слишком мелко
verdict-too_deep = местами слишком глубоко
verdict-too_shallow_and_too_deep = местами слишком мелко и местами слишком глубоко

## Сравнение
comparison-hint = Что аналитик изменил между проектом, составленным по объявлению, и подтверждённым соглашением. Оценки опираются на подтверждённое.
comparison-found = Проект нашёл положений: { $found } из { $of }.
comparison-provision = Положение
comparison-result = В проекте
comparison-field = Различается в
comparison-draft = Проект
comparison-confirmed = Подтверждено
comparison-nothing = ничего
comparison-same = найдено, то же
comparison-differs = найдено, отличается
comparison-missed = не найдено
comparison-extra = только в проекте
comparison-questions = Что текст оставил открытым

## Толкования
readings-hint = Где текст можно понять по-разному, соглашение хранит толкования и называет принятое.
readings-held = придерживается: { $who }
readings-adopted = принято

## Тексты
texts-hint = Документы, которые цитирует соглашение. Выделенные слова процитированы положением.
texts-statements = Заявления, никого не обязывающие
texts-no-text = Текста этого источника нет в рабочей папке.
texts-published = опубликовано { $day }
stance-supports = поддерживает
stance-welcomes = приветствует
stance-rejects = отвергает
stance-criticises = критикует
stance-demands = требует
stance-conditional = с условием
stance-claims = утверждает
stance-neutral = говорит

## Метод
method-verdict = Каждое состояние вычислено только из соглашения и записанных сообщений, по своду правил { $ruleset }. Одни и те же исходные данные дают одну и ту же страницу, байт в байт.
method-silence = Молчание не означает ни соблюдения, ни нарушения: где никто не наблюдал, обязательство остаётся непроверенным.
method-thresholds = Вывод вероятен от { $probable } и подтверждён от { $confirmed }.
method-place = Приблизительное место — это площадь, а не точка: сообщение засчитывается району с вероятностью того, что его истинное место лежит внутри.
method-sides = Инструмент не принимает ничьей стороны. Группы и правительства называются так, как их называет соглашение; цитаты остаются цитатами.
method-limits = Пределы
method-limit-report = Сообщения вторичны и неполны; многие описывают несколько инцидентов или целый район.
method-limit-line = Стороны не опубликовали линию соприкосновения там, где она помечена приблизительной; расстояния до неё не точнее указанного.
method-limit-judgement = Страница помогает судить, но не заменяет суждения. Прежде чем действовать, проверьте сообщение за обоснованием.
signed-title = Что подписали стороны
signed-hint = Каждая сторона подписывает собственным ключом отпечаток версии соглашения, зоны или линии; подтверждено то, что одинаково подписали все, кто должен.
signed-confirmed = подтверждено всеми
signed-changed = изменено после подписания всеми
signed-disputed = оспаривается
signed-partly = подписано некоторыми
signed-unconfirmed = никем не подписано
signed-by = подписали: { $names }
signed-missing = не подписали: { $names }
signed-objecting = возражает: { $names }
cases-title = Дела
cases-hint = Утверждения, по которым идёт расследование, по состоянию на последнюю дату этой страницы. Что и кем утверждалось, здесь не показано.
case-alleged = заявлено
case-inquiry = расследуется
case-site_visit = место посещено
case-found = вывод сделан
case-answered = ответ дан
case-remedied = устранено
case-appealed = обжалуется
case-closed = закрыто
case-withdrawn = отозвано
case-result-confirmed = утверждение подтверждено
case-result-not_confirmed = утверждение не подтверждено
case-result-inconclusive = не подтверждено и не опровергнуто
case-next = далее { $what }, исполнитель { $who }, срок
case-due-inquiry = расследование
case-due-visit = посещение места
case-due-finding = вывод
case-due-answer = ответ
case-due-remedy = устранение
case-due-closing = закрытие
case-due-appeal = решение по обжалованию
case-overdue = просрочено
method-inputs = Файлы, на которых основан отчёт
method-file = Файл
method-rows = Строки
method-sources = Источники
method-hash = SHA-256
method-keys = Клавиши
keys-dates = [ и ]: более ранняя и более поздняя дата
keys-help = ?: этот перечень
keys-timeline = стрелки на шкале времени: переход по сообщениям
keys-map = стрелки, плюс и минус на карте: сдвиг и масштаб
keys-escape = Escape: снять выделение
keys-title = Клавиши
close = Закрыть

section-patrols = Патрули
patrols-hint = Что было запланировано и что доказывают треки патрулей. Только числа и доли: где, когда и какая группа патрулировала, здесь не показано.
patrols-period = С { $day }, дней: { $days }
patrols-party = Сторона
patrols-shifts = Запланировано смен
patrols-shown = показаны треком
patrols-shown_in_part = показаны частично
patrols-doubtful = сомнительный трек
patrols-no_track = без трека
patrols-visits = Запланировано посещений
patrols-made = совершено
patrols-on_time = из них вовремя
patrols-late = из них с опозданием
patrols-short = слишком короткие
patrols-not_made = не совершено
patrols-unclear = нельзя сказать
patrols-unproven = без трека или с сомнительным
patrols-late-median = Медианное отставание от плана, минут
patrols-check_ins = Соблюдено отметок из запланированных
patrols-with = Посещений с другой стороной из запланированных
patrols-of = { $part } из { $whole }
patrols-zone-seen = Доля зоны в поле зрения
patrols-line-seen = Доля линии в поле зрения
patrols-sight = В поле зрения то, что лежит в пределах { $km } км от пути патруля, каким бы ни был рельеф.
patrols-sight-terrain = В поле зрения то, что лежит в пределах { $km } км от пути патруля и видно поверх рельефа.
patrols-all = все
