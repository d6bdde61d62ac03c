using System.Collections.Frozen;

namespace Anlauf.Intake.Rules;

/// <summary>Common German given names, so that „Katja fragt an" is read as a person even where the attendance list does not name her.</summary>
internal static class GivenNames
{
    private static readonly FrozenSet<string> Names = ("Achim Adam Alex Alexander Alexandra Alfred Alina Amelie Andrea Andreas Andre André Angela Angelika Anja Anke Anna Anne Annette Annika Antje Antonia Armin Arne Astrid Axel " +
        "Barbara Bastian Beate Ben Benedikt Benjamin Bernd Bernhard Bettina Birgit Björn Brigitte Britta Bruno Carla Carmen Carola Carsten Caroline Charlotte Christa Christian Christiane Christina Christine Christoph Christopher Claudia Clara Clemens Conrad Cornelia " +
        "Dagmar Daniel Daniela David Dennis Detlef Diana Dieter Dietmar Dirk Dominik Doris Doro Dorothea Eberhard Eckhard Elena Elias Elisa Elisabeth Elke Ellen Emil Emma Erich Erik Ernst Erwin Esther Eva Evelyn Fabian Falk Felix Finn Florian Frank Franz Franziska Frederik Friedrich Fritz " +
        "Gabi Gabriele Georg Gerd Gerhard Gertrud Gisela Gregor Gudrun Guido Günter Günther Hanna Hannah Hannes Hans Harald Hartmut Heide Heike Heiko Heiner Heinrich Heinz Helena Helga Helge Helmut Hendrik Henning Herbert Hermann Hilde Holger Horst Hubert " +
        "Ilona Ilse Ina Ines Inga Ingo Ingrid Irene Iris Irina Isabel Isabell Jakob Jan Jana Janina Jannik Jasmin Jens Jessica Joachim Jochen Johann Johanna Johannes Jonas Jonathan Jörg Jörn Josef Josephine Judith Julia Julian Jürgen Jutta Kai Karin Karl Karla Karsten Katharina Kathrin Katja Katrin Kerstin Kevin Kim Kirsten Klaus Konrad Kristin Kurt " +
        "Lars Laura Lea Lena Leo Leon Leonie Lina Lisa Lothar Louis Louisa Luca Lucas Ludwig Luisa Lukas Lutz Lydia Magdalena Maik Maja Malte Manfred Manuel Manuela Marc Marcel Marco Marcus Maren Margarete Maria Marianne Marie Marina Mario Marion Marius Mark Markus Marlene Marta Martha Martin Martina Mathias Matthias Max Maximilian Melanie Michael Michaela Mirko Miriam Mona Monika Moritz " +
        "Nadine Nadja Natalie Nele Nico Nicole Niklas Nils Nina Nora Norbert Norman Olaf Oliver Oskar Otto Patric Patricia Patrick Paul Paula Peter Petra Philip Philipp Pia Pirmin Rainer Ralf Ralph Ramona Raphael Rebecca Regina Reiner Reinhard Renate René Ricarda Richard Rita Robert Robin Roland Rolf Roman Ronald Rosa Rosemarie Rudolf Ruth " +
        "Sabine Sabrina Sandra Sara Sarah Sascha Sebastian Silke Silvia Silvio Simon Simone Sina Sonja Sophia Sophie Stefan Stefanie Steffen Stephan Stephanie Susanne Sven Svenja Swen Sybille Tanja Tatjana Thea Theo Thomas Thorsten Tilman Till Tim Timo Tina Tobias Tom Torben Torsten Udo Ulf Uli Ulrich Ulrike Ursula Uta Ute Uwe Valentin Vanessa Vera Verena Veronika Viktor Viktoria Vincent Volker Walter Waltraud Werner Wilfried Wilhelm Willi Winfried Wolf Wolfgang Yvonne")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Has(string name) => Names.Contains(name);
}
