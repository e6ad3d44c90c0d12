;; The two sums that a convolutional network spends its time on, four values at once.
;; All pointers are bytes from the start of the memory, multiples of 16; all values are 32-bit floats.
(module
  (memory (export "memory") 1)

  ;; y[pixel][out] = bias[out] + sum over in of x[pixel][in] * w[in][out].
  ;; pixels and outs are multiples of 4.
  (func (export "pointwise")
    (param $x i32) (param $w i32) (param $bias i32) (param $y i32)
    (param $pixels i32) (param $ins i32) (param $outs i32)
    (local $pixel i32) (local $out i32) (local $in i32)
    (local $x0 i32) (local $x1 i32) (local $x2 i32) (local $x3 i32) (local $wAt i32) (local $yAt i32)
    (local $rowX i32) (local $rowY i32) (local $v v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local.set $rowX (i32.shl (local.get $ins) (i32.const 2)))
    (local.set $rowY (i32.shl (local.get $outs) (i32.const 2)))
    (loop $pixels
      (local.set $out (i32.const 0))
      (loop $outs
        (local.set $x0 (i32.add (local.get $x) (i32.mul (local.get $pixel) (local.get $rowX))))
        (local.set $x1 (i32.add (local.get $x0) (local.get $rowX)))
        (local.set $x2 (i32.add (local.get $x1) (local.get $rowX)))
        (local.set $x3 (i32.add (local.get $x2) (local.get $rowX)))
        (local.set $wAt (i32.add (local.get $w) (i32.shl (local.get $out) (i32.const 2))))
        (local.set $a0 (v128.load (i32.add (local.get $bias) (i32.shl (local.get $out) (i32.const 2)))))
        (local.set $a1 (local.get $a0))
        (local.set $a2 (local.get $a0))
        (local.set $a3 (local.get $a0))
        (local.set $in (local.get $ins))
        (loop $ins
          (local.set $v (v128.load (local.get $wAt)))
          (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x0)))))
          (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x1)))))
          (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x2)))))
          (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $v) (v128.load32_splat (local.get $x3)))))
          (local.set $x0 (i32.add (local.get $x0) (i32.const 4)))
          (local.set $x1 (i32.add (local.get $x1) (i32.const 4)))
          (local.set $x2 (i32.add (local.get $x2) (i32.const 4)))
          (local.set $x3 (i32.add (local.get $x3) (i32.const 4)))
          (local.set $wAt (i32.add (local.get $wAt) (local.get $rowY)))
          (br_if $ins (local.tee $in (i32.sub (local.get $in) (i32.const 1)))))
        (local.set $yAt (i32.add (local.get $y)
          (i32.add (i32.mul (local.get $pixel) (local.get $rowY)) (i32.shl (local.get $out) (i32.const 2)))))
        (v128.store (local.get $yAt) (local.get $a0))
        (v128.store (local.tee $yAt (i32.add (local.get $yAt) (local.get $rowY))) (local.get $a1))
        (v128.store (local.tee $yAt (i32.add (local.get $yAt) (local.get $rowY))) (local.get $a2))
        (v128.store (i32.add (local.get $yAt) (local.get $rowY)) (local.get $a3))
        (br_if $outs (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 4))) (local.get $outs))))
      (br_if $pixels (i32.lt_u (local.tee $pixel (i32.add (local.get $pixel) (i32.const 4))) (local.get $pixels)))))

  ;; y[row][column][c] = bias[c] + sum over u, v of x[row * stride + u][column * stride + v][c] * w[u][v][c].
  ;; channels is a multiple of 4; x has its margins already, rows of width columns.
  (func (export "depthwise")
    (param $x i32) (param $w i32) (param $bias i32) (param $y i32)
    (param $width i32) (param $rows i32) (param $columns i32) (param $channels i32)
    (param $side i32) (param $stride i32)
    (local $row i32) (local $column i32) (local $c i32) (local $u i32) (local $v i32)
    (local $pixelBytes i32) (local $xAt i32) (local $wAt i32) (local $from i32) (local $sum v128)
    (local.set $pixelBytes (i32.shl (local.get $channels) (i32.const 2)))
    (loop $rows
      (local.set $column (i32.const 0))
      (loop $columns
        (local.set $c (i32.const 0))
        (loop $channels
          (local.set $sum (v128.load (i32.add (local.get $bias) (local.get $c))))
          (local.set $wAt (i32.add (local.get $w) (local.get $c)))
          (local.set $from (i32.add (i32.add (local.get $x) (local.get $c))
            (i32.mul (local.get $pixelBytes)
              (i32.add (i32.mul (i32.mul (local.get $row) (local.get $stride)) (local.get $width))
                (i32.mul (local.get $column) (local.get $stride))))))
          (local.set $u (local.get $side))
          (loop $us
            (local.set $xAt (local.get $from))
            (local.set $v (local.get $side))
            (loop $vs
              (local.set $sum (f32x4.add (local.get $sum)
                (f32x4.mul (v128.load (local.get $xAt)) (v128.load (local.get $wAt)))))
              (local.set $xAt (i32.add (local.get $xAt) (local.get $pixelBytes)))
              (local.set $wAt (i32.add (local.get $wAt) (local.get $pixelBytes)))
              (br_if $vs (local.tee $v (i32.sub (local.get $v) (i32.const 1)))))
            (local.set $from (i32.add (local.get $from) (i32.mul (local.get $width) (local.get $pixelBytes))))
            (br_if $us (local.tee $u (i32.sub (local.get $u) (i32.const 1)))))
          (v128.store (i32.add (local.get $y) (local.get $c)) (local.get $sum))
          (br_if $channels (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const 16))) (local.get $pixelBytes))))
        (local.set $y (i32.add (local.get $y) (local.get $pixelBytes)))
        (br_if $columns (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $columns))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $rows))))))
