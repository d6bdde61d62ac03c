using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>Labels and sentence forms that say who was there.</summary>
internal sealed partial class Attendance
{
    private const string Name = @"(?:(?:Herrn?|Frau|Gen\.|Genn\.|Genoss(?:e|in))\s)?(?<name>(?:(?:Dr|Prof)\.\s)*\p{Lu}[\p{L}'.-]+(?:\s(?:von|van|de|zu|\p{Lu}[\p{L}'.-]*)){0,4})";

    [GeneratedRegex(@"^(?:TOP|Zu|zu|§|\d+\.\d)\s*\d")]
    private static partial Regex AgendaNumber();
    [GeneratedRegex(@"^(?:Es\s+)?(?:(?:fehl\w*|abwesend)\s+)?unentschuldigt", RegexOptions.IgnoreCase)]
    private static partial Regex UnexcusedLabel();
    [GeneratedRegex(@"^(?:(?:Es|Außerdem)\s+)?(?:fehl(?:t|en|te|ten|end\w*)|(?:davon |nicht )?entschuldigt\w*|nicht da|Entschuldigungen|Abwesen\w*|nicht (?:anwesend|erschienen)\w*|Verhindert\w*|Abgemeldet\w*)\b(?!.*Tagesordnung)", RegexOptions.IgnoreCase)]
    private static partial Regex ExcusedLabel();
    [GeneratedRegex(@"^(?:Als\s+)?(?:(?:anwesende|weitere|geladene|ständige)\s+)?(?:Gäste?|Gast|Besucher\w*|Zuhörer\w*)\b(?!.*(?:zulass|begrüß))|^(?:Ferner|Außerdem|Weiterhin|Zudem|Sonstige|Weitere)\s*(?:anwesend\w*|teilnehm\w*|Personen)|^(?:Von|Aus) der Verwaltung|^Verwaltung$|^Weitere Teilnehm|^(?:Sachverständige|Referent\w*)$|^zu Gast(?: waren| war)?$", RegexOptions.IgnoreCase)]
    private static partial Regex GuestLabel();
    [GeneratedRegex(@"^dabei(?: waren)?$|^(?:da|TN)$|^(?:(?:stimmberechtigte?|anwesende?|folgende|digital|vor Ort|persönlich|vom Vorstand|online)[\s,]+)*(?:Anwesen\w*(?!heitsliste)|Teilnehm(?:er|ende|erinnen|er\W?innen|enden)\w*|Teilgenommen\w*|Erschienen\w*|Mitwirkende|Sitzungsteilnehm\w*)(?:\s*(?:\(|sind|waren|haben|\p{L}*[Mm]itglieder|Vorst|Stimm|vom|aus|im|des|der|:|/|Person|[\p{Lu}-]+-Mitglieder|Gremien|Delegierte|Kreis|Gemeinde|Stadt|Rat|[-–]).*)?$|^(?:Anwesende\s+)?Vorstandsmitglieder$|^Stimmberechtigte(?: Mitglieder)?$", RegexOptions.IgnoreCase)]
    private static partial Regex PresentLabel();
    [GeneratedRegex(@"^(?:Protokoll(?:führ[\w.:*/]*|ant[\w.:*/]*|ierend\w*|ix|\w*schreib\w*)?|Protokolix|Protokoll(?:iert|verantwortung)? (?:durch|von)|Für das Protokoll|Schriftführ\w*|Schriftleitung|Erstellung (?:der Niederschrift|des Protokolls)|(?:Verfasser\w*|Erstellt von)(?: (?:der Niederschrift|des Protokolls))?|Niederschrift|Niederschriftführ\w*|Schreibt mit|Mitschrift|Aufgezeichnet von)$", RegexOptions.IgnoreCase)]
    private static partial Regex MinutesLabel();
    [GeneratedRegex(@"^(?:Sitzungs|Versammlungs|Tagungs|Diskussions|Gesprächs|Rede)?(?:leit(?:ung|er\w*)|präsidium|moderation|Moderator\w*)$|^Vorsitz(?:ende\w*)?$|^Leitung der (?:Sitzung|Versammlung)$|^Den Vorsitz führt\w*$", RegexOptions.IgnoreCase)]
    private static partial Regex ChairLabel();
    [GeneratedRegex(@"^(?:(?:\d+\.|stellv\w*\.?|geschäftsführend\w*|erweitert\w*|weitere|beratend\w*|von der|von den|für d\w+|aus d\w+)\s*)*(?:[\p{L}]*(?:Vorst[aä]nd|vorst[aä]nd|Mitglied|mitglied|Beisitz|Fraktion|fraktion|Vorsitz|vorsitz|Schatzmeister|schatzmeister|Kassen|Kassier|Schriftf|Delegiert|Gemeinder|Stadtr|Kreisr|sprecher|Sprecher|Ersatz|Beratend|beratend|Revisor|Bürgermeister|bürgermeister|Jugend|Ortsverein|Ortsverb|Kreisverb|Präsidium|Geschäftsf|geschäftsf|Parteilos|SPD|CDU|CSU|FDP|Grüne|GRÜNE|Linke|LINKE|FWG|Freie Wähler|stimm|Stimm|online|Online|Präsenz|Digital|digital)[\p{L}*:/ 0-9.]*)$")]
    private static partial Regex SubGroup();
    [GeneratedRegex(@"^(?:ca\.\s*|insgesamt\s*)?(?<n>\d{1,4}(?:\s?[-–]\s?\d{1,4})?)\s*(?:(?:stimmberechtigte|anwesende|wahlberechtigte)\w*\s*)?(?:Personen|Mitglieder|Delegierte|Teilnehm\w+|Stimmberechtigte|Genoss\w+|$)")]
    private static partial Regex CountOnly();
    [GeneratedRegex(@"(?<=[,;.)\s])(?:entschuldigt|es fehl(?:t|en)(?: entschuldigt)?)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex InlineExcused();
    [GeneratedRegex(@"^(?:Name\w*|Mitglied\w*|Person|Teilnehm\w*|Vor- und Nachname|Nachname, Vorname)$", RegexOptions.IgnoreCase)]
    private static partial Regex NameColumn();
    [GeneratedRegex(@"^(?:Status|Anwesen\w*|anw\.?|Teilnahme|Bemerkung\w*|entsch\w*\.?)$", RegexOptions.IgnoreCase)]
    private static partial Regex StatusColumn();
    [GeneratedRegex(@"^(?:[xX✓✔☒☑✗]|ja|\(x\))$")]
    private static partial Regex Tick();
    [GeneratedRegex(@"^(?:entschuldigt.*|entsch\.?|e|verhindert|krank|Urlaub)$", RegexOptions.IgnoreCase)]
    private static partial Regex ExcusedCell();
    [GeneratedRegex(@"^(?:abwesend|fehlt.*|nein|u|unent\w*\.?|nicht anwesend|-|–)$", RegexOptions.IgnoreCase)]
    private static partial Regex AbsentCell();
    /// <summary>What stands in brackets behind a name.</summary>
    [GeneratedRegex(@"^\s*\((?:(?<absent>u\.?|unentsch[^)]*)|(?<excused>e\.?|entsch[^)]*)|(?<guest>(?:als\s)?Gast))\)", RegexOptions.IgnoreCase)]
    private static partial Regex Remark();
    [GeneratedRegex(@"^(?:anwesend|ja|online|vor Ort|präsent|da|a|anw\.?|ab \d.*|bis \d.*)", RegexOptions.IgnoreCase)]
    private static partial Regex PresentCell();
    [GeneratedRegex(@"(?:stimmberechtigte\w*\s(?:Mitglieder|Delegierte|Anwesende)\s*:\s*|begrüßt\w*\s(?:die\s|alle\s)?(?=\d{1,4}\s(?:anwesenden|erschienenen)\sMitglieder)|^(?:Anwesend|Akkreditiert)\s(?:sind|waren)\s(?=\d{1,4}\s(?:stimmberechtigte\s)?(?:Mitglieder|Personen|Delegierte|Genoss))|\b(?:aufgeführten|erschienenen)\s(?=\d{1,4}\s(?:Personen|Mitglieder))|(?:Es\s+)?(?:sind|waren)\s(?:\w+\s){0,2}|anwesend\s(?:sind|waren)\s(?:\w+\s)?)(?<n>\d{1,4})(?=$|(?<=(?:Anwesend\s(?:sind|waren)|aufgeführten|erschienenen|Akkreditiert\s(?:sind|waren)|begrüßt\w*\s(?:die|alle))\s\d{1,4})\s(?:stimmberechtigte\s|anwesenden\s|erschienenen\s)?(?:Mitglieder|Personen|Delegierte|Genoss)|\s(?:stimmberechtigte\w*\s|wahlberechtigte\w*\s)?(?:Mitglieder|Delegierte|Stimmberechtigte)(?:\s\w+)?\s(?:anwesend|erschienen))", RegexOptions.IgnoreCase)]
    private static partial Regex VoterCount();
    [GeneratedRegex(@"(?<![\p{L}.] )" + Name + @"\s(?:als\s\p{L}+\s)?(?:fehlt(?:e)?|ist|war|hat sich|hatte sich|lässt sich)\s(?:\p{Ll}+\s){0,2}entschuldig")]
    private static partial Regex ExcusedSentence();
    [GeneratedRegex(@"übern(?:ahm|immt)\s" + Name + @"\sdie\s(?:Versammlungs|Sitzungs)leitung|" + Name + @"\s(?:eröffnet\s\p{L}+\s(?:Sitzung|Versammlung)\sund\s)?leitet\s(?:\p{Ll}+\s)?(?:Sitzung|Versammlung)|" + Name + @"\swird\s[^.]{0,60}zu[mr]\s(?:Versammlungs|Sitzungs|Tagungs)leite|\b(?:wird|wurde|werden|wurden|und)\s" + Name + @"\s(?:\p{Ll}+\s){0,2}zu[mr]\s(?:Versammlungs|Sitzungs|Tagungs)leite|(?:[Aa]ls|[Zz]u[mr])\s(?:Versammlungs|Sitzungs|Tagungs)leiter(?:in)?\s(?:wird|wurde|ist|fungierte?|amtierte?)\s(?:Herr\s|Frau\s)?" + Name + @"|(?:Sitzung|Versammlung|Sitzungsleitung|Versammlungsleitung)\s(?:leitet|leitete|übernimmt|übernahm|hat|hatte)\s(?:Herr\s|Frau\s|heute\s)?" + Name + @"|^(?:Die|Der)\s(?:\p{L}+\s|\d\.\s)?\p{L}*[Vv]orsitzende,?\s(?:Herr\s|Frau\s)?" + Name + @",?\s(?:eröffnet|begrüßt|leitet)\w*\b|[Uu]nter\s(?:der\sLeitung|dem\sVorsitz)\svon\s(?:Herrn\s|Frau\s)?" + Name)]
    private static partial Regex TookTheChair();
    [GeneratedRegex(@"(?:übern(?:ahm|immt)|und|,)\s" + Name + @"\s(?:die\sProtokollführung|das\sProtokoll)\b|" + Name + @"\s(?:übernimmt|übernahm|führt|führte|schreibt)\s(?:die\sProtokollführung|(?:das\s)?Protokoll)\b|" + Name + @"\swird\s[^.]{0,60}zu[mr]\sProtokoll(?:ant|führ|ierend)|\b(?:wird|wurde|werden|wurden|und)\s" + Name + @"\s(?:\p{Ll}+\s){0,2}zu[mr]\s(?:Protokoll|Schrift)(?:ant|führ|ierend)|(?:[Aa]ls|[Zz]u[mr])\s(?:Protokoll|Schrift)(?:führ|ant)\w*\s(?:wird|wurde|ist|fungierte?)\s(?:Herr\s|Frau\s)?" + Name + @"|\b(?:Das\s)?(?:Protokoll|Protokollführung)\s(?:führt|führte|schreibt|schrieb|übernimmt|übernahm|hat)\s(?:heute\s|Herr\s|Frau\s)?" + Name)]
    private static partial Regex TookTheMinutes();
    [GeneratedRegex(@"^" + Name + @"\s*[(,–-]\s*(?:Versammlungs|Sitzungs|Tagungs)leit(?:er|ung)\w*\)?$|^(?:Versammlungs|Sitzungs|Tagungs)leiter(?:in)?\s*\(" + Name + @"\)$")]
    private static partial Regex SignedAsChair();
    [GeneratedRegex(@"\G\s?\([^)\n]{2,50}\)")]
    private static partial Regex Bracket();
    [GeneratedRegex(@"(?:Herrn?|Frau|Dr\.|Hr\.|Fr\.)\s+$")]
    private static partial Regex Addressed();
    [GeneratedRegex(@"\S+(?:[ ]\S+)*")]
    private static partial Regex ColumnText();
    [GeneratedRegex(@"^(?:Protokoll(?:führ|ant)|Schriftführ)\w*$")]
    private static partial Regex SignedWriter();
    [GeneratedRegex(@"^(?:Versammlungs|Sitzungs|Tagungs)leit\w*$")]
    private static partial Regex SignedChair();
    [GeneratedRegex(@"^" + Name + @"\s*[(,–-]\s*(?:Protokoll(?:führ|ant)|Schriftführ)\w*\)?$|(?:^|\s)(?:Schriftführer|Protokollführer|Protokollant)(?:in)?\s*\(" + Name + @"\)$")]
    private static partial Regex SignedAsWriter();
    [GeneratedRegex(@"^(?:Anwesend\s(?:sind|waren)|(?<excused>Es\sfehl(?:t|en|te|ten)(?:\sentschuldigt)?|Entschuldigt\s(?:sind|ist|fehlen|fehlt|haben\ssich|hat\ssich|waren)))\s(?!\d|:)", RegexOptions.None)]
    private static partial Regex ListSentence();
}
