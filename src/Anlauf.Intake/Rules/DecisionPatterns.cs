using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>The sentence forms decisions, votes and outcomes are written in.</summary>
internal sealed partial class DecisionReader
{
    internal const string BodyNoun = @"(?:[\p{L}-]*[Vv]orstand|[\p{L}-]*[Vv]ersammlung|[\p{L}-]*[Pp]arteitag|[\p{L}-]*[Kk]onferenz|[\p{L}-]*[Rr]at|[\p{L}-]*[Aa]usschuss|Kreistag|[\p{L}-]*[Vv]ertretung|[\p{L}-]*[Ff]raktion|[\p{L}-]*[Pp]arlament|[\p{L}-]*[Kk]ongress|[\p{L}-]*[Kk]onvent|Kuratorium|Plenum|Präsidium|Gremium|Delegierten|Anwesenden|Mitglieder|Wir|wir|Kommission|Verein|Kreisverband|Ortsverein|Ortsverband|Landesverband)";
    private const string Participles = @"(?:beschlossen|angenommen|abgelehnt|genehmigt|bestätigt|verabschiedet|(?:wieder\s?)?gewählt|entlastet|bewilligt|vertagt|überwiesen|verwiesen|zurückgezogen|zurückgestellt|berufen|zugestimmt|zurückgewiesen|entschieden|festgelegt|aufgenommen|erteilt|verlängert|gebilligt|ausgeschlossen|festgesetzt|zugelassen)";

    [GeneratedRegex(@"^(?:(?:Einstimmiger|Mehrheitlicher|Gefasster)\s)?Beschl(?:uss|üsse|usstext|ussfassung)(?:\s?(?:Nr\.?\s?)?[\d/.-]+)?\s*:?$")]
    private static partial Regex DecisionLabel();
    [GeneratedRegex(@"\G(?:(?:Antrag|Antragstext|Beschlussvorschlag|Vorschlag)(?:\s(?:von|des|der|auf)\s[^:\n]{2,60})?|[^:\n]{3,120}\s(?:möge|wolle|mögen)\s(?:bitte\s|folgendes\s)?beschließen)\s*:\s*(?=\S[^\n]{9})")]
    private static partial Regex Opening();
    [GeneratedRegex(@"^(?:Ergebnis(?:se)?|Beschl(?:uss|üsse|ussfassung)|Entscheidung|Festlegung(?:en)?|Ergebnis/Beschluss|Beschluss/Ergebnis|Verlauf.*|Inhalt.*Ergebnis.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex ResultColumn();
    [GeneratedRegex(@"^(?:TOPs?|Thema|Themen|Gegenstand|Tagesordnungspunkt|Punkt|Antrag|Betreff|Titel)$", RegexOptions.IgnoreCase)]
    private static partial Regex MatterColumn();
    [GeneratedRegex(@"^(?:zur\sKenntnis|Kenntnisnahme|siehe|entfällt|kein|offen|erledigt|[-–])", RegexOptions.IgnoreCase)]
    private static partial Regex NoMatter();
    [GeneratedRegex(@"^(?:TOPs?|Punkt|Nr\.?)$")]
    private static partial Regex TopColumn();
    [GeneratedRegex(@"^(?:Beschluss(?:text)?|Beschlüsse)$")]
    private static partial Regex WordingColumn();
    [GeneratedRegex(@"^(?:Abstimmung(?:sergebnis)?|Votum|Stimmen|Ergebnis|Abst\.)$")]
    private static partial Regex VoteColumn();
    /// <summary>„Kassenwartin: Heike Lotz (40 Ja, 2 Enthaltungen)": an office, who is to hold it, the vote.</summary>
    [GeneratedRegex(@"^(?:[-–]\s)?(?:\d\.\s)?[\p{Lu}][\p{L}/*:. -]{3,45}:\s(?:Herr\s|Frau\s)?\p{Lu}[\p{L}'.-]+\s\p{Lu}")]
    private static partial Regex OfficeHolder();
    /// <summary>„genehmigt (3/0/0)": an outcome whose matter stands in another cell.</summary>
    [GeneratedRegex(@"^(?:[Ee]instimmig\s|[Mm]ehrheitlich\s)?(?:genehmigt|angenommen|abgelehnt|beschlossen|vertagt|zurückgestellt|zugestimmt|bestätigt)\b(?!\sauf)[^.]{0,40}\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex BareResult();
    /// <summary>„Beschlüsse" above a list: every entry of it is one.</summary>
    [GeneratedRegex(@"^(?:\d{1,2}\.?\s)?(?:Gefasste\s|Folgende\s|Unsere\s)?Beschlüsse(?:\swurden\sgefasst)?\s*:?$|^[Ff]olgende\sBeschlüsse\s(?:wurden|sind)\s(?:\p{Ll}+\s)?gefasst(?:\sworden)?\s*:?$", RegexOptions.None)]
    private static partial Regex ListLabel();
    [GeneratedRegex(@"Abstimm|Ergebnis|Votum|[Ss]timm|Beschluss", RegexOptions.None)]
    private static partial Regex VoteHeading();
    /// <summary>„vertagt auf die nächste Sitzung": a note without subject.</summary>
    [GeneratedRegex(@"^(?:[-–]\s*)?(?:[Ww]ird\s|[Ww]urde\s|[Ii]st\s)?(?:\w+\s)?(?:[Vv]ertagt|[Zz]urückgestellt)(?:\s(?:auf|bis|in|zur|zum|wegen)\b.{2,80}|\.?)$")]
    private static partial Regex Adjourned();
    /// <summary>„Die Versammlung bestimmt einstimmig …", „… wird einstimmig … zugelassen": who agrees without a dissenting vote has decided.</summary>
    [GeneratedRegex(@"\b(?:wird|werden|wurden?|worden|ist|sind|hat|haben)\b.{0,300}\b(?:einstimmig|mehrheitlich)\b|\b(?:einstimmig|mehrheitlich)\b.{0,300}\b(?:wird|werden|wurden?|worden)\b|" + BodyNoun + @"\b[^.;]{0,80}\b(?:einstimmig|mehrheitlich)\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Agreed();
    /// <summary>What only a meeting can do with a matter: to adjourn it, to put it back, to refer it to another body.</summary>
    [GeneratedRegex(@"\b(?:wird|werden|wurden?|ist|sind)\b[^.;]{0,200}\bvertagt\b|(?<!(?:€|Euro|EUR|Rücklagen?|Mittel)\b.{0,80})\b(?:wird|werden|wurden?|ist|sind)\b(?!.{0,120}(?:€|Euro|EUR|Rücklage))[^.;]{0,200}\bzurückgestellt\b|\b(?:wird|werden|wurden?)\b[^.;€]{0,120}\b(?:an|in)\s(?:den|die|das)\s(?:\p{Ll}+\s)?(?:[\p{L}-]*(?:[Vv]orstand|[Aa]usschuss|[Ff]raktion|[Rr]at|[Kk]ommission|[Pp]arteitag|[Kk]onvent|[Aa]rbeitsgruppe|[Aa]rbeitskreis)|[LB]?AG\s\p{Lu}\p{L}+|AK\s\p{Lu}\p{L}+)\b[^.;€]{0,60}\b(?:überwiesen|verwiesen)\b|^(?:Initiativ|Änderungs|Dringlichkeits|GO-)?[Aa]ntrag\s\S+[^.]{0,120}:\s.{0,120}\b(?:angenommen|abgelehnt|verwiesen|überwiesen|zurückgezogen|vertagt|erledigt)\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Disposal();
    [GeneratedRegex(@"^(?:(?:TOP|zu)\s*)?\d")]
    private static partial Regex AgendaNumber();
    [GeneratedRegex(@"^(?:(?:Einstimmiger|Mehrheitlicher|Gefasster)\s)?Beschluss(?:text|fassung|vorschlag)?(?:\s(?:des\s\p{L}+|nach\s.{3,40}))*(?:\s?(?:Nr\.?\s?)?[\d/.-]+)?\s*:$|^Beschluss(?:-?\s?(?:Nr\.?|Nummer)\s?:?\s?)[A-Z]{0,4}[\w/.-]*\d[\w/.-]*\s*:?$|^Beschluss des Vorstand.{0,40}:$")]
    private static partial Regex LabelOnly();
    [GeneratedRegex(@"^(?!Beschlüsse(?:\swurden\sgefasst)?\s*:$)Beschlüsse\b.{0,60}:$")]
    private static partial Regex ReportedList();
    [GeneratedRegex(@"^(?:\p{L}[\p{L} ,]{0,60}\s)?(?:(?:[Ee]instimmiger?|[Ee]instimmung|[Mm]ehrheitlicher)\s)?(?:Beschluss(?:text|fassung)?|Entscheidung|Festlegung)\b(?!vorlage|vorschlag)(?:\s(?:des|der)\s\p{L}+|\szum?r?\s[^:]{3,60})?(?:\s?(?:Nr\.?\s?)?(?:[A-ZÄÖÜ]{1,4}[- ]?)?\d[\w/.-]*)?\s*(?:\([^)]{1,40}\)\s*)?:\s*(?<rest>\S.*)$", RegexOptions.Singleline, 5000)]
    private static partial Regex Inline();
    [GeneratedRegex(@"^(?:[-–(]\s*)?(?:(?:Der|Dieser|Die|Das|Dem|Diesem)\s(?:\d+\.\s)?(?:(?:so\s)?geänderte[rn]?\s|gestellte\s)?(?:(?:Änderungs|Initiativ|Satzungsänderungs|GO-)?[Aa]ntrag|Beschluss(?:vorschlag|vorlage)?|Vorschlag|Vorlage|Abstimmung|Ergebnis)\b.{0,130}?(?:angenommen|abgelehnt|beschlossen|zugestimmt|bestätigt|genehmigt|gefasst|zurückgezogen|vertagt|überwiesen|verwiesen).{0,60}|(?:(?:[Ee]instimmig|[Mm]ehrheitlich|[Bb]ei|[Mm]it|[Oo]hne|[Kk]eine|\d|[Dd]amit|[Ss]omit|[Ss]o|[Ii]st|[Ww]ird|[Aa]uch)\b.{0,110}?)?(?:angenommen|abgelehnt|beschlossen|zugestimmt|genehmigt|bestätigt|so beschlossen)\.?\)?|(?:Beschluss|Abstimmung|Ergebnis|Abstimmungsergebnis)\s*:?\s*(?:einstimmig|mehrheitlich)\.?.{0,60}|\(?(?:[Ee]instimmig|[Mm]ehrheitlich|EINSTIMMIG)(?:\s*(?:angenommen|beschlossen|dafür|,?\s?bei\s.{3,40}))?\.?\)?|Konsens\b.{0,80}|(?:Das\s)?(?:Ergebnis der Abstimmung|Abstimmungsergebnis|Abstimmung|Stimmergebnis)\s?:.{0,150}|Antrag\s(?:\w+\s)?(?:angenommen|abgelehnt|zurückgezogen)|(?:[Dd]amit|[Ss]omit)\s(?:ist|sind)\s.{3,80}\sgewählt\.?|(?:Sie|Er)\s(?:ist|sind|wird|wurde)\s(?:damit\s|somit\s)?gewählt\b.{0,60}|\p{Lu}[^.,]{3,60}\s(?:ist|sind)\s(?:damit|somit)\s[^.,]{0,40}gewählt\.?|(?:Der|Die)\s[\p{L}-]+\s(?:nimmt|lehnt|stimmt)\s(?:den|dem)\s(?:geänderten\s)?Antrag\b.{0,100}\b(?:an|ab|zu)\.?)$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex GenericOutcome();
    [GeneratedRegex(@"^(?:(?:Der|Die)\s\p{L}+\sstimmt\s.{0,60}wie\sfolgt\sab\s*:?|Abstimmung\b.{0,40}:|Ergebnis\b.{0,30}:|Abgestimmt wurde\b|Stimmen\s?:)", RegexOptions.IgnoreCase)]
    private static partial Regex VoteSentence();
    [GeneratedRegex(@"\d+|keine[rn]?|eine[rn]?|Ja-?|Nein-?|JA|NEIN|Stimmen?|[Ss]timm|[Ee]nthaltung(?:en)?|[Ee]nthalten|Gegen|[Dd]afür|[Dd]agegen|[Ff]ür|und|mit|bei|von|ohne|[Ee]instimmig|[Mm]ehrheitlich|[Aa]ngenommen|Abstimmung\w*|Ergebnis|der|des|Das|Stimmberechtigte\w*|Votum|Zustimmung\w*")]
    private static partial Regex Residue();
    [GeneratedRegex(@"\?$|\bgewählt:$|\b(?:soll(?:e|en|te|ten)?|kann|können|könnten?|muss|müssen|müssten?|darf|dürfen|dürfe|möge|möchten?|will|wollen|würden?)\b.{0,160}\b(?:beschließen|abstimmen|(?:" + Participles + @")\swerden|entscheiden|vertagt|wählen)|\bzu\s(?:beschließen|wählen|genehmigen|entscheiden)\b|beschließen\szu\slassen|\b[Bb]eschlussfähig|^(?:Wenn|Falls|Sofern|Sobald|Ob)\b|^(?!.*\bgewählt\b).*\b(?:nimmt|nahm|nehmen|nahmen)\s(?:die\sWahl|das\sAmt)|^(?!.*\bgewählt\b).*\bWahl\san(?:genommen)?\b|noch\snicht\s(?:entschieden|beschlossen)|\bbeschlossene[nrs]?\b|zur\sAbstimmung\s(?:gestellt|vorgelegt)|[Bb]eschlussempfehlung|(?:nimmt|nehmen)\s.{0,80}\b(?:Kontakt|teil|mit)\b|\bnicht,\sdass\b|^\S.{0,70}\b(?:berichtet|erläutert|erklärt,|informiert|merkt\san|weist\sdarauf)\b(?!.{0,200}\beinstimmig)|\b[Vv]on\s(?:der|dieser|dem|diesem)\s(?!" + BodyNoun + @")\p{L}{4,}\b.{0,120}\b(?:genehmigt|bewilligt|bestätigt|angenommen)\b|\bsich\s.{0,80}\bverabschiedet|\bvon\s(?:dieser|diesem|diesen|ihm|ihr|ihnen|dort)\s(?:genehmigt|bewilligt|bestätigt|zugesagt)|\bauf\s(?!.*\b(?:an|in)\s(?:den|die|das)\b).{3,160}\b(?:hingewiesen|verwiesen)|\b(?:Forderung|Kritik|Vorw[uü]rfe?)\b.{0,160}\bzurückgewiesen|\bkeine\b.{0,60}\b(?:festgelegt|gestellt)\b|\bsollten?\b.{0,200}\b(?:besprochen|diskutiert|überlegt|geklärt)\b|\bkeine\s(?:Beschlüsse|Anträge)|\bnichts?\sbeschlossen|(?:gewählt|bestimmt)\swerden|rechtskräftig|\b" + Participles + @"\swerden\s(?:müss|könn|soll|dürf)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex NoDecision();
    [GeneratedRegex(@"\b(?:beantragt|beantragte|schlägt|schlug|vorgeschlagen|[Vv]orschlag|abgestimmt|zur\s(?:Wahl|Abstimmung)|Antrag(?:stext)?\s?:|[Bb]eschlussvorschlag|stellt\sden\sAntrag|Antrag\sauf|möge\s(?:bitte\s|folgendes\s)?beschließen|entf(?:allen|ielen)\s.{0,40}Stimmen|erh(?:ä|ie)lt(?:en)?\s\d{1,4}\s[\p{L}-]*[Ss]timmen)\b|^Antrag:")]
    private static partial Regex Motion();
    [GeneratedRegex(BodyNoun + @"\b[^.;]{0,60}?\b(?:beschließt|beschließen|beschloss|beschlossen|verabschiedet|verabschieden)\b|\b(?:beschließt|beschloss|beschließen)\b[^.;]{0,40}\b" + BodyNoun + @"|(?:^|\b)(?:wird|werden|wurden?|worden|hat|haben)\b.{0,300}\b(?:beschlossen|verabschiedet|entlastet)\b|\b(?:Umlaufbeschluss|Umlaufbeschlüsse|Umlaufverfahren|Eilbeschluss)\b.{0,200}\b(?:" + Participles + @"|geschlossen|gefunden|gefasst)\b|\b[Ee]rteil\w*\s.{0,80}\bEntlastung|\bhat\sim\sUmlauf|\bhat\smit\s.{0,80}[Uu]mlaufbeschluss|\bBeschluss\s(?:\p{L}+\s){0,3}vertagt\b|^[^.?!]{5,140}\svertagt$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Strong();
    [GeneratedRegex(@"\b(?:(?:wird|werden|wurden?|worden)\b.{0,400}|(?:ist|sind)\b[^,;]{0,200})\b" + Participles + @"\b|\b" + Participles + @"\s(?:wird|werden|wurden?|worden)\b|\b(?:wird|werden|wurden?)\s.{0,200}\bEntlastung\serteilt", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Passive();
    [GeneratedRegex(@"(?:Der|Die|Das|der|die|das|Wir|wir)\s(?:anwesenden\s)?" + BodyNoun + @"\s(?:\p{L}+\s){0,3}?(?:genehmigt|genehmigen|bestätigt|bestätigen|stimmt\b.{0,200}\bzu|stimmen\b.{0,200}\bzu|nimmt\b.{0,200}\ban\b|nehmen\b.{0,200}\ban\b|lehnt\b.{0,200}\bab|lehnen\b.{0,200}\bab|wählt|wählen|bewilligt|bewilligen|überweist|verweist|vertagt|vertagen|entscheidet|erteilt|beruft|billigt|einigt\ssich|hat\b.{0,300}\b" + Participles + @")(?=\W|$)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Active();
    [GeneratedRegex(Participles + @"|\bstimmt\b.*\bzu\b|\blehnt\b.*\bab\b|\bnimmt\b.*\ban\b|\bbeschließ|\bwählt\b|\bgenehmigt\b|Beschluss", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Participle();
    [GeneratedRegex(@"\b(?:vom|von\sder|durch\s(?:den|die|das)|[Dd]er|[Dd]ie|[Dd]em|[Dd]as|anwesenden?)\s" + BodyNoun + @"\b|\b[Ww]ir\b|\bgewählt\b|Antrag|Anträge|Tagesordnung|Protokoll|Niederschrift|Vorlage|Entwurf|Satzung|Ordnung|Haushalt|Beschluss|Wahlgang|einstimmig|mehrheitlich|Handzeichen|\bAbstimmung\b|Akklamation")]
    private static partial Regex Subject();
    [GeneratedRegex(@"Genehmigung|Beschluss|Wahl|Entlastung|Antr[aä]g|Abstimmung|Aufnahme|Verabschiedung|Tagesordnung|Feststellung")]
    private static partial Regex DecidingItem();
    [GeneratedRegex(@"\b(?:überwiesen|überweist|verwiesen|verweist|Überweisung)\b.{0,80}\b(?:an|in)\b|\b(?:an|in)\b.{0,80}\b(?:überwiesen|verwiesen)\b")]
    private static partial Regex ReferralVerb();
    [GeneratedRegex(@"\b[Uu]mlauf(?:beschluss|verfahren)|\b(?:auf|in)\sder\s\p{L}*(?:sitzung|versammlung)\s(?:vom|am)\s\d.{0,60}\bbeschlossen|\b[Vv]ersammlung\sin\s\p{Lu}\p{L}+\shat\sbeschlossen")]
    private static partial Regex Elsewhere();
    [GeneratedRegex(@"Tagesordnung|Protokoll(?:s|e|führ\w*|ant\w*|ierend\w*)?\b|Niederschrift|Gäste[nr]?\b|Versammlungsleit|Tagungsleit|Sitzungsleit|Wahlleit|Wahlkommission|Zählkommission|Geschäftsordnungsantrag|Redezeit|Rednerliste|Schluss\sder\sDebatte|Schriftführers?\sfür")]
    private static partial Regex FormalMatter();
    [GeneratedRegex(@"\b(?:wieder\s?)?gewählt\b|\bzur\sWahl\b|\bwählt\b|als\s\p{L}+(?:mitglied|prüfer\w*|wart)\b.{0,40}(?:gewählt|abgestimmt)")]
    private static partial Regex Election();
    /// <summary>„Der Antrag von Robin", „Der Antrag, …": the sentence names its matter itself.</summary>
    [GeneratedRegex(@"„|Antrag(?:,|\s(?:von|auf|des|der|zu[rm]?)\b)")]
    private static partial Regex OwnMatter();
    [GeneratedRegex(@"\b(?:Neu|Nach|Vorstands|Ergänzungs|Delegierten)?[Ww]ahl(?:en)?\b")]
    private static partial Regex ElectionItem();
}
