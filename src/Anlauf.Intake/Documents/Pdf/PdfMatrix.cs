namespace Anlauf.Intake.Documents.Pdf;

/// <summary>A transformation of the plane, as PDF writes it: x' = A·x + C·y + E, y' = B·x + D·y + F.</summary>
internal readonly record struct PdfMatrix(double A, double B, double C, double D, double E, double F)
{
    public static readonly PdfMatrix Identity = new(1, 0, 0, 1, 0, 0);

    /// <summary>First this, then <paramref name="next"/>.</summary>
    public PdfMatrix Then(PdfMatrix next) => new(
        (A * next.A) + (B * next.C), (A * next.B) + (B * next.D),
        (C * next.A) + (D * next.C), (C * next.B) + (D * next.D),
        (E * next.A) + (F * next.C) + next.E, (E * next.B) + (F * next.D) + next.F);

    public PdfMatrix Moved(double x, double y) => new PdfMatrix(1, 0, 0, 1, x, y).Then(this);

    public (double X, double Y) Apply(double x, double y) => ((A * x) + (C * y) + E, (B * x) + (D * y) + F);

    public static PdfMatrix From(double[] six) => new(six[0], six[1], six[2], six[3], six[4], six[5]);
}
