using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>The sentence forms tasks and deadlines are written in.</summary>
internal sealed partial class TaskReader
{
    private const string Who = @"(?<who>\p{Lu}[\p{L}'.-]+(?:\s\p{Lu}[\p{L}'.-]+){0,3}(?:(?:,\s|\sund\s|/)\p{Lu}[\p{L}'.-]+(?:\s\p{Lu}[\p{L}'.-]+){0,2}){0,4})";
    private const string Office = @"(?:(?:Der|Die|Das|Den|der|die|das|den)\s)?(?:[\p{L}]+e[rn]?\s)?\p{L}*(?:[Vv]orstand|[Pp]räsidium|[Gg]eschäftsstelle|[Vv]erband|[Vv]erbände|[Vv]erein|[Bb]üro|[Pp]lenum|[Tt]eams?(?:\sin\sden\s\p{Lu}\p{L}+)?|[Ff]raktion|[Vv]erwaltung|[Bb]ürgermeister(?:in)?|[Aa]usschuss|[Kk]ommission|[Rr]at|[Aa]rbeitsgruppe|[Aa]rbeitskreis|[Ff]orum|[Ss]chatzmeister(?:in)?|[Kk]assenwart(?:in)?|[Gg]eschäftsführer(?:in)?|[Gg]eschäftsführung|[Vv]orsitzender?|[Ss]chriftführer(?:in)?|[Mm]anager(?:in)?|[Rr]eferent(?:in)?|[Bb]eauftragter?|[Ss]precher(?:in)?|LAG\s\p{Lu}\p{L}+|AG\s\p{Lu}\p{L}+|BAG\s\p{Lu}\p{L}+)";
    private const string Offices = @"(?<who>" + Office + @"(?:(?:,\s|\sund\s|\ssowie\s|\soder\s)" + Office + @"){0,6})";
    private const string ActsPresent = @"(?:organisier(?:t|en)|sicher(?:t|n)|erarbeite(?:t|n)|beauftragt|beauftragen|bittet|bitten|prüf(?:t|en)|erstell(?:t|en)|veranstalte(?:t|n)|koordinier(?:t|en)|übernimmt|übernehmen|entwickel(?:t|n)|veröffentlich(?:t|en)|benenn(?:t|en)|klär(?:t|en)|kümmer(?:t|n)\ssich|verschick(?:t|en)|versende(?:t|n)|vereinbar(?:t|en)|formulier(?:t|en)|aktualisier(?:t|en)|recherchier(?:t|en)|kontaktier(?:t|en)|besorg(?:t|en)|bestell(?:t|en)|schreib(?:t|en)|schick(?:t|en)|bereitet?n?\b.{1,120}\bvor\b|bereiten\b.{1,120}\bvor\b|richte(?:t|n)\b.{1,120}\bein\b|lädt\b.{1,160}\bein\b|laden\b.{1,160}\bein\b|stell(?:t|en)\b.{1,120}\b(?:zusammen|bereit|sicher|zur\sVerfügung)\b|nimmt\b.{1,120}\bKontakt\b|nehmen\b.{1,120}\bKontakt\b|setzt\ssich\b.{1,80}\bin\sVerbindung|holt\b.{1,100}\bein\b|reicht\b.{1,100}\b(?:ein|nach|weiter)\b|gibt\b.{1,120}\b(?:weiter|bekannt|heraus|Bescheid|ab)\b|finalisier(?:t|en)|unterschreibt|startet|informier(?:t|en)|fragt\b.{1,80}\b(?:an|nach|bei)\b|sucht|meldet\ssich|meldet\b.{1,80}\ban\b|pfleg(?:t|en)|verfass(?:t|en)|entwirft|trägt\b.{1,80}\bein\b|überarbeite(?:t|n)|schaut\ssich|geht\szum|mach(?:t|en)|leitet\b.{1,100}\bweiter\b|holt\b.{1,80}\bab\b|ruft\b.{1,60}\ban\b|bringt\b.{1,80}\bmit\b|führt\b.{1,80}\bdurch\b|ergänz(?:t|en)|berechne(?:t|n)|gestalte(?:t|n)|druck(?:t|en)|plan(?:t|en)|reservier(?:t|en)|bucht|buchen|kauft|kaufen|verteil(?:t|en))";

    /// <summary>Somebody on the attendance list opens the sentence and acts; only asked where a due date is stated.</summary>
    [GeneratedRegex(@"^(?:[-–]\s)?" + Who + @"\s(?!ist\b|hat\b|war\b|sind\b)\p{Ll}+(?:t|en|n)\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex KnownActs();
    [GeneratedRegex(@"^" + Offices + @"\s(?!ist\b|hat\b|war\b|sind\b|hatte)(?:\p{Ll}+(?:t|en|n))\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex OfficeOpens();
    /// <summary>„… werden von Alex und Olaf dem Notar übergeben": the passive names who is to do it.</summary>
    [GeneratedRegex(@"\b(?:wird|werden)\b.{0,200}\b(?:von|durch)\s(?:Herrn?\s|Frau\s)?" + Who + @"\s(?:.{0,160}\s)?(?:übergeben|übernommen|erledigt|geschrieben|verfasst|erstellt|erarbeitet|organisiert|vorbereitet|betreut|zur\sVerfügung\sgestellt|bereitgestellt|besorgt|gekauft|beschafft|verschickt|versandt|eingeladen|kontaktiert|angefragt|überarbeitet|geprüft|geklärt|koordiniert|eingereicht|bestellt|abgeholt|eingerichtet|veröffentlicht|aktualisiert|gepflegt)\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex DoneBy();
    /// <summary>„Nina Abel: Hüpfburg reservieren (bis 31.05.)": a name, then what is to be done, ending with the verb.</summary>
    [GeneratedRegex(@"^(?:[-–]\s)?" + Who + @"\s?:\s(?!.*\b(?:ich|wir)\b).{3,160}?\p{Ll}(?:en|ern|eln)(?:\s?\([^)]*\)|,?\s(?:bis|am|ab)\s.{2,40})?\.?$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Duty();
    [GeneratedRegex(@"^(?:(?:Dr|Prof|Dipl\.-\p{L}+)\.\s)+")]
    private static partial Regex Titles();
    [GeneratedRegex(@"^(?:.{0,20}Beschl(?:uss|üsse)|Ergebnis(?:se)?|Festlegung(?:en)?|Verlauf.{0,20})$", RegexOptions.IgnoreCase)]
    private static partial Regex DecisionColumn();
    /// <summary>„Frist: 15. Juni 2020" on a line of its own.</summary>
    [GeneratedRegex(@"^(?:Frist|Termin|Fällig(?:keit)?(?:\s(?:bis|am|zum))?|(?:Zu\s)?[Ee]rledig(?:en|t|ung)\sbis(?:\szum)?|Umsetzung\sbis(?:\szum)?|Bis(?:\swann)?|Wann|Deadline|Zieltermin)\s?:\s?\S.{0,60}$")]
    private static partial Regex DueLabel();
    [GeneratedRegex(@"^,?\s(?:um|ab|\d{1,2}[:.]\d\d|\d{1,2}\sUhr)")]
    private static partial Regex TimeBehind();
    [GeneratedRegex(@"^(?:zu\s+|Zu\s+)?(?:TOP|Top|Tagesordnungspunkt)\s*\d")]
    private static partial Regex AgendaLine();
    [GeneratedRegex(@"\b(?:[Nn]ächste[rsn]?|[Ff]olgende[rs]?|[Kk]ommende[rs]?)\s(?:\p{L}+e[rs]?\s)?(?:\p{L}*[Tt]ermine?|[\p{L}-]*[Ss]itzung(?:en|stermin)?|[\p{L}-]*[Tt]reffen|\p{L}*[Vv]ersammlung|\p{L}*[Pp]lenum|[Mm]eeting)\b|\b[Ff]olgetermin\b")]
    private static partial Regex NextMeetingHeading();
    [GeneratedRegex(@"^(?:\d{1,2}\.\s?\d{1,2}\.(?:\d{2,4})?,?:?\s)?(?:\p{L}+\s){0,4}?(?:[Nn]ächste[rsn]?|[Ff]olgende[rs]?)\s(?:\p{L}+e[rs]?\s)?(?:\p{L}*[Tt]ermine?|[\p{L}-]*[Ss]itzung(?:en|stermin)?|[\p{L}-]*[Tt]reffen|\p{L}*[Vv]ersammlung|\p{L}*[Pp]lenum|[Mm]eeting)\b|^[Ff]olgetermin\b|^Nächster\s(?:Vorstands|Fraktions|Mitglieder)\p{L}+")]
    private static partial Regex NextMeetingSentence();
    [GeneratedRegex(@"^(?:[Vv]erantw(?:ortlich(?:e|er|keit)?|\.)?|[Zz]uständig(?:keit)?|V|Wer|Federführung|Umsetzung|Erledigung durch)\s*[.:]{1,2}\s*(?<who>\p{L}.{1,160})$|^(?:→|->|=>|➔)\s*(?<who>\p{Lu}[\p{L}.-]*(?:\s\p{Lu}[\p{L}.-]*)?(?:(?:,\s|\sund\s|/)\p{Lu}[\p{L}.-]*(?:\s\p{Lu}[\p{L}.-]*)?)*)(?:,?\s(?:bis|spätestens)\b.{2,40}|\.?)$")]
    private static partial Regex InCharge();
    [GeneratedRegex(@"^(?:Phase|Etappe|Schritt|Stufe|Abschnitt|Meilenstein|Teil|Block|AP|Arbeitspaket|\p{Lu}[\p{L}-]+)\b")]
    private static partial Regex PhaseTitle();
    [GeneratedRegex(@"^[Aa]b\s")]
    private static partial Regex OpenStart();
    [GeneratedRegex(@"^(?:Der|Die)\s(?<who>\p{Lu}[\p{L}*:-]+)\swird\b.{1,400}\b\p{Ll}+(?:en|ern|eln)\b")]
    private static partial Regex OfficeWill();
    [GeneratedRegex(@"\b(?:war|waren|wurde|wurden|hatte|hatten|worden|lief|fand|fanden|fiel|begann|zugestimmt|verstrichen)\b|\b(?:hat|haben|ist|sind)\b.{1,200}\b(?:ge\p{Ll}+(?:t|en)|be\p{Ll}+t|er\p{Ll}+t|ver\p{Ll}+t|\p{Ll}+ge\p{Ll}+(?:t|en)|\p{Ll}+iert|fertig|\p{Ll}+nommen)\b(?!\swerden)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Past();
    [GeneratedRegex(@"\b(?:ist|sind)\b.{0,120}\b(?:aufgerufen|gebeten|aufgefordert|eingeladen|gehalten|angehalten)\b")]
    private static partial Regex CalledUpon();
    [GeneratedRegex(@"\b(?:gibt|geben)\sbekannt,|\bfragt\s(?:nach|,)|\bnicht\s(?:wieder|mehr|zur\sVerfügung)|\bschreibt,|\bmacht\s(?:darauf|deutlich)|\binformier(?:t|en)\süber|\b(?:möchte|will|wollen|kann)\s(?:\p{Ll}+\s)?nicht\b|\bwerden\s.{0,60}(?:vorgeschlagen|nominiert|gewählt|begrüßt|entlastet)\b|\bwird\s.{0,60}(?:vorgeschlagen|nominiert|gewählt|begrüßt|entlastet)\b")]
    private static partial Regex NoTask();
    [GeneratedRegex(@"\b(?:vorgestellt|präsentiert|berichtet|vorgelegt|Vorstellung|eingereicht|vorgetragen|abgegeben|fertiggestellt|abgeschlossen|einzureichen|vorzulegen|abzugeben)\b")]
    private static partial Regex Reporting();
    [GeneratedRegex(@"\b(?:Deadline|Frist(?:ende)?|Stichtag|\p{L}*schluss(?:termin)?|Abgabe(?:termin|frist)?|spätestens|letzter\sTag)\b(?<!\b[Bb]eschluss|[Aa]nschluss|[Aa]bschluss|[Zz]usammenschluss|[Aa]usschluss)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex DeadlineWord();
    [GeneratedRegex(@"\b(?:soll(?:en|te|ten)?|muss|müssen|wird|werden|bitte|bitten|bittet|gebeten|meldet|aufgerufen|aufgefordert|beauftragt|zu\p{Ll}*\p{Ll}zu\p{Ll}+en|\p{Ll}+zu\p{Ll}+en|zu\s\p{Ll}+en|spätestens|will|wollen|möchte[n]?|kann|können|kümmert|klärt|erstellt|prüft|liefert|schickt|legt|bringt|gebt|sendet|schreibt|reicht|übernimmt|erarbeitet|bereitet)\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Obliges();
    [GeneratedRegex(@"^(?:\p{L}+!\s)?Jedes\sMitglied\s(?<of>(?:des|der)\s\p{Lu}[\p{L}-]+)")]
    private static partial Regex EachMember();
    [GeneratedRegex(@"(?:^|,\s)(?:bitte\s)?(?:meldet|bringt|schickt|sendet|gebt|teilt|schreibt|reicht|macht|denkt)\s(?:das|eure?|uns|bitte|es|sie|die|den|an|mit)\b")]
    private static partial Regex Imperative();
    [GeneratedRegex(@"^(?:(?:[-–→➔]|->|=>)\s)?(?:\p{Lu}[\p{L}/-]{3,}(?:\s\p{L}+){0,2}[,:]\s)?" + Who + @"\s(?:(?<will>wird|werden|soll|sollen|möchte|will|wollen)\s|muss\s|müssen\s|" + ActsPresent + @"(?=\W|$)|erklärt\ssich\s.{0,60}bereit|hat\ssich\sbereit|haben\ssich\sbereit|sag(?:t|en)\szu\b)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex PersonActs();
    [GeneratedRegex(@"\b(?:kümmert\ssich|übernimmt|organisiert|erstellt|klärt|prüft)\s" + Who + @"(?=\s(?:die|das|den|um|eine[nmr]?|mit|bis|bei|,)|\.|$)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex PersonInvertedActs();
    [GeneratedRegex(@"(?:\bbeauftragt|\bbeauftragen|\bbittet|\bbitten)\s(?<who>(?:(?:den|die|das)\s)?\p{Lu}[\p{L}'.-]+(?:\s\p{Lu}[\p{L}'.-]+)?(?:\sund\s\p{Lu}[\p{L}'.-]+)?)(?:,|\smit\b|\sum\b|\szu\b|\sdarum\b)|^(?<who>(?:(?:Der|Die|Das)\s)?\p{Lu}[\p{L}'.-]+(?:\s(?:und\s)?\p{Lu}[\p{L}'.-]+){0,3})\s(?:wird|werden)\s(?:\p{Ll}+\s)?(?:beauftragt|gebeten|ermächtigt|aufgefordert)\b|^(?<who>.{3,160}?)\sbitten\swir\sum\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Asked();
    [GeneratedRegex(@"^Die\s(?:Koordinierung|Koordination|Organisation|Durchführung|Umsetzung|Vorbereitung|Federführung|Leitung|Betreuung|Planung)\b[^.;]{0,80}\b(?:erfolgt|findet)\b[^.;]{0,40}\bdurch\s(?:den|die|das)\s(?<who>\p{Lu}[\p{L}*:-]+)|^Die\s(?:Federführung|Verantwortung|Zuständigkeit)\b[^.;]{0,80}\bliegt\s(?:beim|bei\s(?:der|dem)?)\s?(?<who>\p{Lu}[\p{L}*:-]+)")]
    private static partial Regex Through();
    [GeneratedRegex(@"^" + Offices + @"\s(?:(?<will>wird|werden)\s|" + ActsPresent + @"(?=\W|$))", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex OfficeActs();
    [GeneratedRegex(@"\b(?:organisiert|erarbeitet|beauftragt|prüft|erstellt|koordiniert|übernimmt|entwickelt|veröffentlicht|benennt)\s(?:der|die|das)\s(?<who>\p{Lu}\p{L}*(?:vorstand|präsidium|geschäftsstelle|verband|fraktion|verwaltung|ausschuss|kommission|rat|Vorstand|Fraktion|Verwaltung|Ausschuss))\b")]
    private static partial Regex OfficeInvertedActs();
    [GeneratedRegex(@"\bunter\s(?:der\s)?Leitung\svon\s(?<who>\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+){0,2})")]
    private static partial Regex UnderLead();
    [GeneratedRegex(@"^(?:Nächste[rn]?\sSchritte?|Weiteres\sVorgehen|Aufgaben?|Auftrag|Arbeitsauftrag)(?:\sfür\s\p{Lu}\p{L}+)?\s*:\s*")]
    private static partial Regex NextSteps();
    [GeneratedRegex(@"^(?:TODO|ToDo|To-?Do|To do|AUFGABE|Aufgabe|Arbeitsauftrag|Auftrag|Action|ACTION|AP)(?:\s(?:an\s|für\s)?(?<who>@?\p{Lu}[\p{L}'-]+(?:(?:/|,\s|\sund\s)@?\p{Lu}[\p{L}'-]+)*))?\s*[:–-]\s*\S|^Nächster\sSchritt\sfür\s(?<who>\p{Lu}\p{L}+)\s*:")]
    private static partial Regex Marked();
    [GeneratedRegex(@"(?<w>\p{L}+)[^\p{L}]*$")]
    private static partial Regex LastWord();
    [GeneratedRegex(@"^(?:Herrn?|Frau|Hr\.|Fr\.)\s+(?:Dr\.\s)?(?=\p{Lu})")]
    private static partial Regex Addressed();
    [GeneratedRegex(@"\b\p{Ll}*\p{Ll}(?:en|ern|eln|tun)\b")]
    private static partial Regex InfinitiveEnd();
    [GeneratedRegex(@"^(?:\p{Ll}*ge\p{Ll}+(?:t|en)|\p{Ll}+(?:nommen|schlossen|schoben|wiesen|sprochen|rufen|boten)|be\p{Ll}+t|ent\p{Ll}+t|er\p{Ll}+t|ver\p{Ll}+t|\p{Ll}+iert|worden)$")]
    private static partial Regex PassiveEnd();
    [GeneratedRegex(@"^(?:Aufgaben?|Was|Maßnahmen?|To-?Dos?|Thema und Aufgabe|Auftrag|Tätigkeit|Beschluss/Aufgabe)$", RegexOptions.IgnoreCase)]
    private static partial Regex TaskColumn();
    [GeneratedRegex(@"^(?:Wer|Verantwortlich\w*|Zuständig\w*|Verantw\.?|Person|durch)$", RegexOptions.IgnoreCase)]
    private static partial Regex WhoColumn();
    [GeneratedRegex(@"^(?:Bis(?:\swann)?|Wann|Frist|Termin|Fällig\w*|Deadline|Datum|Erledigt bis)$", RegexOptions.IgnoreCase)]
    private static partial Regex WhenColumn();
}
