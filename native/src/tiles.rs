//! A symmetric matrix as the lower triangle of square tiles.

use crate::failure::Failure;

/// Side of a tile, and the number of subdiagonals of the band that the matrix is first reduced to. A multiple of three
/// times every vector length (1, 2, 4, 8), so that the micro-tiles of the product fit.
pub const SIDE: usize = 48;
/// Numbers in a tile.
pub const TILE: usize = SIDE * SIDE;

/// Tiles (I, J) with I ≥ J, each column-major, one column of tiles after the other; those on the diagonal are whole.
/// Sides are padded with zeros to whole tiles.
#[derive(Clone, Debug)]
pub struct Tiles {
    side: usize,
    blocks: usize,
    values: Vec<f64>,
}

impl Tiles {
    /// All zeros. Asks for the memory before it takes it: a failed allocation would end the whole process.
    pub fn zeros(side: usize) -> Result<Self, Failure> {
        let blocks = side.div_ceil(SIDE);
        let length = blocks * (blocks + 1) / 2 * TILE;
        let mut values = Vec::new();
        values
            .try_reserve_exact(length)
            .map_err(|_| Failure::Internal(format!("no memory for a symmetric matrix of side {side}")))?;
        values.resize(length, 0.0);
        Ok(Self { side, blocks, values })
    }

    /// Side without padding.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Tiles along a side.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// Tile (row, column), row ≥ column.
    #[inline(always)]
    pub fn tile(&self, row: usize, column: usize) -> &[f64] {
        let at = self.begin(row, column);
        &self.values[at..at + TILE]
    }

    #[inline(always)]
    pub fn tile_mut(&mut self, row: usize, column: usize) -> &mut [f64] {
        let at = self.begin(row, column);
        &mut self.values[at..at + TILE]
    }

    /// The columns of tiles from `first` on, each from its diagonal tile downwards, to be worked on apart.
    pub fn columns_mut(&mut self, first: usize) -> Vec<(usize, &mut [f64])> {
        let mut rest = &mut self.values[if first < self.blocks { column_begin(self.blocks, first) } else { 0 }..];
        let mut columns = Vec::with_capacity(self.blocks - first);
        for column in first..self.blocks {
            let (own, next) = rest.split_at_mut((self.blocks - column) * TILE);
            columns.push((column, own));
            rest = next;
        }
        columns
    }

    /// One column of tiles, from its diagonal tile downwards.
    pub fn column_mut(&mut self, column: usize) -> &mut [f64] {
        let at = column_begin(self.blocks, column);
        &mut self.values[at..at + (self.blocks - column) * TILE]
    }

    /// Entry (row, column) of the symmetric matrix.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        let (row, column) = if row >= column { (row, column) } else { (column, row) };
        self.tile(row / SIDE, column / SIDE)[row % SIDE + (column % SIDE) * SIDE]
    }

    /// Fills the upper half of the tiles on the diagonal from the lower one.
    pub fn mirror(&mut self) {
        for index in 0..self.blocks {
            mirror(self.tile_mut(index, index));
        }
    }

    /// Multiplies every entry.
    pub fn scale(&mut self, factor: f64) {
        self.values.iter_mut().for_each(|value| *value *= factor);
    }

    #[inline(always)]
    fn begin(&self, row: usize, column: usize) -> usize {
        column_begin(self.blocks, column) + (row - column) * TILE
    }
}

/// Fills the upper half of a tile from the lower one.
pub fn mirror(tile: &mut [f64]) {
    for column in 0..SIDE {
        for row in column + 1..SIDE {
            tile[row * SIDE + column] = tile[column * SIDE + row];
        }
    }
}

#[inline(always)]
fn column_begin(blocks: usize, column: usize) -> usize {
    (column * (2 * blocks + 1 - column)) / 2 * TILE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_lower_half_is_its_own_and_mirrored() {
        let side = 2 * SIDE + 5;
        let mut tiles = Tiles::zeros(side).expect("memory");
        for column in 0..side {
            for row in column..side {
                tiles.tile_mut(row / SIDE, column / SIDE)[row % SIDE + (column % SIDE) * SIDE] =
                    (row * side + column) as f64;
            }
        }
        tiles.mirror();
        for row in 0..side {
            for column in 0..=row {
                assert_eq!(tiles.get(row, column), (row * side + column) as f64);
                assert_eq!(tiles.get(column, row), (row * side + column) as f64);
            }
        }
        assert_eq!(
            tiles.columns_mut(1).iter().map(|(column, own)| (*column, own.len() / TILE)).collect::<Vec<_>>(),
            [(1, 2), (2, 1)]
        );
    }
}
